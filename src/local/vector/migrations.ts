import { usageByMinuteTable, usageTable } from "../kit/usage.ts";
import { defaultIndexName } from "./index-settings.ts";

/** The schema of the stand-in's tables. */
export const schema = "vector";

/** The tables of the stand-in, version by version; the list only ever grows at its end. */
export const migrations = [
  `CREATE TABLE vector.namespaces (name text PRIMARY KEY);
   INSERT INTO vector.namespaces VALUES ('');
   CREATE TABLE vector.records (
     namespace text NOT NULL REFERENCES vector.namespaces ON DELETE CASCADE,
     id text NOT NULL,
     ordinal bigint NOT NULL,
     vector bytea STORAGE EXTERNAL NOT NULL,
     metadata json,
     data text,
     PRIMARY KEY (namespace, id)
   );
   CREATE UNIQUE INDEX records_in_order ON vector.records (namespace, ordinal);`,
  usageTable(schema),
  // Several indexes, sparse vectors, and namespaces by number, so that to rename one is to change one row.
  `ALTER TABLE vector.records DROP CONSTRAINT records_namespace_fkey;
   ALTER TABLE vector.namespaces DROP CONSTRAINT namespaces_pkey;
   ALTER TABLE vector.namespaces
     ADD COLUMN number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     ADD COLUMN index_name text NOT NULL DEFAULT '${defaultIndexName}';
   ALTER TABLE vector.namespaces
     ALTER COLUMN index_name DROP DEFAULT,
     ADD CONSTRAINT namespaces_by_name UNIQUE (index_name, name);
   ALTER TABLE vector.records
     ADD COLUMN namespace_number int REFERENCES vector.namespaces ON DELETE CASCADE,
     ADD COLUMN sparse bytea,
     ALTER COLUMN vector DROP NOT NULL;
   UPDATE vector.records SET namespace_number =
     (SELECT number FROM vector.namespaces WHERE name = records.namespace);
   ALTER TABLE vector.records DROP COLUMN namespace, ADD PRIMARY KEY (namespace_number, id);
   CREATE UNIQUE INDEX records_in_order ON vector.records (namespace_number, ordinal);`,
  usageByMinuteTable(schema),
] as const;
