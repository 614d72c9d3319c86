"use client";

import { Button, Kbd, Select, Skeleton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { type FormEvent, useState } from "react";
import { PageHead } from "../page/page-head.tsx";
import { projectsQuery } from "../projects/projects.query.ts";
import { EmptyState } from "../states/empty-state.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { searchQuery } from "./search.query.ts";
import { SearchHits } from "./search-hits.tsx";
import classes from "./search-page.module.css";

const searchState = { project: parseAsString.withDefault(""), q: parseAsString.withDefault("") };

/** Asks the index of a project as an application would. */
export function SearchPage() {
  const [state, setState] = useQueryStates(searchState, { history: "push" });
  const projects = useQuery(projectsQuery);
  const project = state.project || (projects.data?.[0]?.slug ?? "");
  return (
    <>
      <PageHead title="Search" />
      <SearchForm
        key={state.q}
        q={state.q}
        project={project}
        projects={projects.data?.map(({ slug }) => slug) ?? []}
        onProject={(slug) => void setState({ project: slug })}
        onAsk={(q) => void setState({ q, project })}
      />
      {projects.error !== null && projects.data === undefined ? (
        <FailureState
          title="The projects could not be read"
          error={projects.error}
          onRetry={() => void projects.refetch()}
        />
      ) : (
        <SearchResult project={project} q={state.q} waits={projects.isPending} />
      )}
    </>
  );
}

function SearchForm(props: {
  q: string;
  project: string;
  projects: readonly string[];
  onProject: (slug: string) => void;
  onAsk: (q: string) => void;
}) {
  const [typed, setTyped] = useState(props.q);
  function ask(event: FormEvent) {
    event.preventDefault();
    props.onAsk(typed.trim());
  }
  return (
    <search>
      <form className={classes.form} onSubmit={ask}>
        <Select
          aria-label="Project"
          className={classes.project ?? ""}
          size="sm"
          data={props.projects}
          value={props.project || null}
          onChange={(slug) => slug !== null && props.onProject(slug)}
          allowDeselect={false}
          placeholder="Project"
          searchable
        />
        <TextInput
          aria-label="What to look for"
          className={classes.question ?? ""}
          type="search"
          size="sm"
          placeholder="A question, or words of the text"
          leftSection={<IconSearch size={14} stroke={1.75} aria-hidden="true" />}
          rightSection={typed === "" ? <Kbd size="xs">/</Kbd> : null}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-search-field
          data-autofocus
        />
        <Button type="submit" size="sm" disabled={typed.trim() === ""}>
          Search
        </Button>
      </form>
    </search>
  );
}

function SearchResult({ project, q, waits }: { project: string; q: string; waits: boolean }) {
  const hits = useQuery(searchQuery(project, q));
  if (q !== "" && project === "" && waits) return <Skeleton height={360} />;
  if (q === "" || project === "") {
    return (
      <EmptyState
        title="Ask the index"
        text="The answer is what an application would get: the nearest chunks of the project, with their file, page and heading."
      />
    );
  }
  if (hits.data === undefined) {
    if (hits.error === null) return <Skeleton height={360} />;
    return <FailureState title="The search failed" error={hits.error} onRetry={() => void hits.refetch()} />;
  }
  if (hits.data.items.length === 0) {
    return (
      <EmptyState
        title="Nothing found"
        text={`The index of ${project} has no chunk near to this. Files appear in it once they have succeeded.`}
      />
    );
  }
  return <SearchHits hits={hits.data.items} q={q} dimmed={hits.isPlaceholderData} />;
}
