/** A row of what `npm start` prints: a label and its value. */
export type TableRow = readonly [label: string, value: string];

/** Prints rows under a title, the labels set to one width. */
export function printTable(title: string, groups: readonly (readonly TableRow[])[]): void {
  const width = Math.max(...groups.flat().map(([label]) => label.length));
  const lines = groups.map((rows) =>
    rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`).join("\n"),
  );
  console.log(`\n${title}\n\n${lines.join("\n\n")}\n`);
}

/** Prints a line of progress. */
export function say(line: string): void {
  console.log(line);
}

/** Prints why a start failed or ended. */
export function complain(line: string): void {
  console.error(line);
}
