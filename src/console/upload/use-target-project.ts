"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { projectsQuery } from "../projects/projects.query.ts";

/**
 * The project that uploads go to: the one the page is filtered by, else the one used last, else the first.
 * Null while no project is known.
 */
export function useTargetProject(): [project: string | null, remember: (slug: string) => void] {
  const { data: projects } = useQuery(projectsQuery);
  const [filtered] = useQueryState("project");
  const [remembered, remember] = useLocalStorage({ key: "waybill.project", defaultValue: "" });
  const known = (slug: string | null) => projects?.find((project) => project.slug === slug)?.slug;
  return [known(filtered) ?? known(remembered) ?? projects?.[0]?.slug ?? null, remember];
}
