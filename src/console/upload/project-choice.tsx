"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../api-error.ts";
import { createProject, projectsQuery } from "../projects/projects.query.ts";
import classes from "./upload.module.css";

/** The project of an upload: one that exists, or a new one. */
export function ProjectChoice(props: { value: string | null; onChange: (slug: string) => void }) {
  const projects = useQuery(projectsQuery);
  const [creating, form] = useDisclosure(false);
  if (creating || projects.data?.length === 0) {
    return (
      <NewProject
        onCancel={form.close}
        onCreated={(slug) => {
          form.close();
          props.onChange(slug);
        }}
      />
    );
  }
  return (
    <div className={classes.project}>
      <Select
        label="Project"
        data={projects.data?.map(({ slug }) => slug) ?? []}
        value={props.value}
        onChange={(slug) => slug !== null && props.onChange(slug)}
        allowDeselect={false}
        searchable
        nothingFoundMessage="No project has this name."
        error={projects.error ? sentenceOf(projects.error) : undefined}
      />
      <Button variant="default" onClick={form.open}>
        New project
      </Button>
    </div>
  );
}

function NewProject(props: { onCreated: (slug: string) => void; onCancel: () => void }) {
  const [slug, setSlug] = useState("");
  const queries = useQueryClient();
  const creation = useMutation({
    mutationFn: createProject,
    onSuccess: async (project) => {
      await queries.invalidateQueries({ queryKey: projectsQuery.queryKey });
      props.onCreated(project.slug);
    },
  });
  function create(event: FormEvent) {
    event.preventDefault();
    creation.mutate(slug);
  }
  return (
    <form className={classes.project} onSubmit={create}>
      <TextInput
        label="New project"
        placeholder="contracts-2026"
        value={slug}
        onChange={(event) => setSlug(event.currentTarget.value)}
        error={creation.error ? sentenceOf(creation.error) : undefined}
        pattern="[a-z0-9][a-z0-9\-]{0,62}"
        title="Lower-case letters, digits and hyphens, at most 63"
        required
        data-autofocus
      />
      <Button type="submit" loading={creation.isPending}>
        Create
      </Button>
      <Button variant="subtle" color="gray" onClick={props.onCancel}>
        Cancel
      </Button>
    </form>
  );
}
