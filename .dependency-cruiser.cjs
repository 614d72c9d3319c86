/**
 * The import rules of docs/architecture.md: a room imports only from the rooms below it.
 * @type {import("dependency-cruiser").IConfiguration}
 */
const order = [
  ["app"],
  ["console", "api", "cli"],
  ["triage"],
  ["pipeline"],
  ["jobs"],
  ["costs"],
  ["providers"],
  ["access"],
  ["telemetry"],
  ["db"],
  ["kernel"],
];
const entryPoints = "^(src/app/|src/cli/|instrumentation\\.ts|tests/|bench/)";

const layerRules = order.flatMap((rooms, level) =>
  rooms.map((room) => {
    const allowed = [room, ...order.slice(level + 1).flat()];
    return {
      name: `${room}-imports-only-below`,
      severity: "error",
      from: { path: `^src/${room}/`, pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/", pathNot: `^src/(${allowed.join("|")})/|^src/runtime\\.ts$` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "runtime-is-imported-by-entry-points-alone",
      severity: "error",
      from: { pathNot: entryPoints },
      to: { path: "^src/runtime\\.ts$" },
    },
    {
      name: "local-imports-kernel-only",
      severity: "error",
      from: { path: "^src/local/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(local|kernel)/" },
    },
    {
      name: "dashboards-import-names-only",
      severity: "error",
      from: { path: "^dashboards/" },
      to: {
        path: "^(src|tests|bench)/|^instrumentation\\.ts$",
        pathNot: "^src/(telemetry/names|db/waste-kinds|db/schema/[a-z-]+)\\.ts$",
      },
    },
    {
      name: "dashboards-are-read-by-triage-and-above",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(triage|api|console|app)/|\\.test\\.tsx?$" },
      to: { path: "^dashboards/" },
    },
    {
      name: "product-does-not-import-grafana",
      severity: "error",
      from: { path: "^(src/|instrumentation\\.ts)" },
      to: { path: "^dashboards/grafana/" },
    },
    {
      // What a page imports is sent to browsers: schemas of answers may pass it on, the database's may not.
      name: "console-carries-no-database",
      severity: "error",
      from: { path: "^src/console/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/db/schema/", reachable: true },
    },
    {
      name: "product-does-not-import-local",
      severity: "error",
      from: { path: "^(src/(?!local/)|instrumentation\\.ts)" },
      to: { path: "^src/local/" },
    },
    {
      name: "graph-and-decide-do-no-io",
      severity: "error",
      from: { path: "^src/pipeline/(graph|decide)\\.ts$" },
      to: { pathNot: "^src/(pipeline|kernel)/" },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "not-to-tests",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(tests|bench)/|\\.test\\.tsx?$" },
    },
    {
      name: "not-to-dev-dependencies",
      severity: "error",
      from: { path: "^(src/|instrumentation\\.ts)", pathNot: "\\.test\\.tsx?$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.css$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
