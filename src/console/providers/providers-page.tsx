"use client";

import { useQueryStates } from "nuqs";
import { ExportMenu } from "../list/export-menu.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { PageSection } from "../page/page-section.tsx";
import { Loaded } from "../states/loaded.tsx";
import { PlanTable } from "./plan-table.tsx";
import { ProviderDetail } from "./provider-detail.tsx";
import { ProviderList, ProviderListSkeleton } from "./provider-list.tsx";
import { headlineOf, lookedInto } from "./providers.model.ts";
import classes from "./providers.module.css";
import { providersQuery, servicesQuery } from "./providers.query.ts";
import { providersState } from "./providers-state.ts";
import { ServiceList, ServiceListSkeleton } from "./service-list.tsx";

/** Those who do the work for us: whether they answer, what waits for them, and what can be done about it. */
export function ProvidersPage() {
  const [{ provider: asked }] = useQueryStates(providersState);
  const providers = useLiveQuery(providersQuery);
  const services = useLiveQuery(servicesQuery);
  return (
    <>
      <PageHead
        title="Providers"
        readAtMs={providers.dataUpdatedAt}
        actions={<ListTools path="/api/v1/providers" query={{}} />}
      />
      <Loaded read={providers} loading={<ProviderListSkeleton />} failed="The providers could not be read">
        {(items) => {
          const headline = headlineOf(items);
          const shown = lookedInto(items, asked);
          return (
            <>
              <p className={classes.headline} data-state={headline.state} role="status">
                {headline.text}
              </p>
              <ProviderList providers={items} {...(shown && { shown: shown.provider })} />
              {shown !== undefined && <ProviderDetail key={shown.provider} provider={shown} />}
            </>
          );
        }}
      </Loaded>
      <PageSection
        title="Without a breaker"
        beside={<ExportMenu label="Export the services" path="/api/v1/services" query={{}} />}
      >
        <Loaded
          read={services}
          loading={<ServiceListSkeleton />}
          failed="QStash, Neon and the sandbox could not be looked at"
        >
          {(items) => <ServiceList services={items} />}
        </Loaded>
      </PageSection>
      <PlanTable />
    </>
  );
}
