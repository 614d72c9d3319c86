"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { currentGraph } from "../../pipeline/graph.ts";
import { projectsQuery } from "../projects/projects.query.ts";
import classes from "./toolbar.module.css";

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One of several, or none of them, by which a list is narrowed. @param props.all what stands there while none is chosen */
export function FilterSelect<Value extends string>(props: {
  label: string;
  all: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  searchable?: boolean;
}) {
  const { choices } = props;
  return (
    <Select
      aria-label={props.label}
      className={classes.choice ?? ""}
      placeholder={props.all}
      data={choices}
      value={props.value}
      onChange={(chosen) => props.onChange(choices.find(({ value }) => value === chosen)?.value ?? null)}
      searchable={props.searchable ?? false}
      clearable
    />
  );
}

/** In which order a list stands. */
export function OrderSelect<Value extends string>(props: {
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const { choices } = props;
  return (
    <Select
      aria-label="Order"
      className={classes.choice ?? ""}
      allowDeselect={false}
      data={choices}
      value={props.value}
      onChange={(chosen) => {
        const order = choices.find(({ value }) => value === chosen);
        if (order !== undefined) props.onChange(order.value);
      }}
    />
  );
}

/** The project of a list by its slug; empty: all. One that the address names is there before the projects are read. */
export function ProjectSelect(props: { value: string; onChange: (slug: string) => void }) {
  const { value, onChange } = props;
  const projects = useQuery(projectsQuery);
  const slugs = projects.data?.map(({ slug }) => slug) ?? (value === "" ? [] : [value]);
  return (
    <FilterSelect
      label="Project"
      all="All projects"
      choices={slugs.map((slug) => ({ value: slug, label: slug }))}
      value={value || null}
      onChange={(slug) => onChange(slug ?? "")}
      searchable
    />
  );
}

const steps = currentGraph.steps.map(({ name }) => ({ value: name as string, label: name }));

/** The step of a list by its name; empty: all. @param props.all what stands there then */
export function StepSelect(props: { value: string; all?: string; onChange: (step: string) => void }) {
  return (
    <FilterSelect
      label="Step"
      all={props.all ?? "All steps"}
      choices={steps}
      value={props.value || null}
      onChange={(step) => props.onChange(step ?? "")}
    />
  );
}
