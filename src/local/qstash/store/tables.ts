import { usageTable } from "../../kit/usage.ts";

/** The name of the schema. */
export const schema = "qstash";

/**
 * The tables, version by version. Times are ms since the epoch by the injected clock, never the database's.
 * A message stays as a row after its end, for the log and the dead letters, until its retention is over.
 */
export const migrations = [
  `CREATE TABLE qstash.messages (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     message_id text NOT NULL UNIQUE,
     state text NOT NULL DEFAULT 'waiting'
       CHECK (state IN ('waiting', 'active', 'delivered', 'failed', 'cancelled')),
     cancel_requested boolean NOT NULL DEFAULT false,
     due_ms bigint NOT NULL,
     created_ms bigint NOT NULL,
     retried int NOT NULL DEFAULT 0,
     queue_name text,
     -- The seq of the message whose place in the queue it shares; null for its own.
     queue_position bigint,
     flow_key text,
     spec jsonb NOT NULL,
     body bytea NOT NULL
   );
   CREATE INDEX messages_free ON qstash.messages (due_ms, seq)
     WHERE state = 'waiting' AND queue_name IS NULL AND flow_key IS NULL;
   CREATE INDEX messages_by_flow ON qstash.messages (flow_key, due_ms, seq)
     WHERE state = 'waiting' AND queue_name IS NULL AND flow_key IS NOT NULL;
   CREATE INDEX messages_by_queue ON qstash.messages (queue_name, coalesce(queue_position, seq), seq)
     WHERE state IN ('waiting', 'active') AND queue_name IS NOT NULL;
   CREATE INDEX messages_next ON qstash.messages (due_ms) WHERE state = 'waiting';
   CREATE INDEX messages_active ON qstash.messages (flow_key) WHERE state = 'active';
   CREATE INDEX messages_pending ON qstash.messages (seq) WHERE state IN ('waiting', 'active');

   CREATE TABLE qstash.events (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     message_seq bigint NOT NULL REFERENCES qstash.messages ON DELETE CASCADE,
     time_ms bigint NOT NULL,
     state text NOT NULL,
     next_delivery_ms bigint,
     error text,
     response_status int,
     response_header jsonb,
     response_body bytea
   );
   CREATE INDEX events_by_message ON qstash.events (message_seq);

   CREATE TABLE qstash.dead_letters (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     message_seq bigint NOT NULL UNIQUE REFERENCES qstash.messages ON DELETE CASCADE,
     time_ms bigint NOT NULL,
     response_status int NOT NULL,
     response_header jsonb NOT NULL,
     response_body bytea NOT NULL
   );
   CREATE UNIQUE INDEX dead_letters_by_id ON qstash.dead_letters ((time_ms::text || '-' || seq::text));

   CREATE TABLE qstash.deduplication (
     key text PRIMARY KEY, message_id text NOT NULL, expires_ms bigint NOT NULL
   );
   CREATE TABLE qstash.queues (
     name text PRIMARY KEY, parallelism int NOT NULL, paused boolean NOT NULL,
     created_ms bigint NOT NULL, updated_ms bigint NOT NULL
   );
   CREATE TABLE qstash.flow_controls (
     key text PRIMARY KEY,
     parallelism int, rate int, period_ms bigint NOT NULL,
     paused boolean NOT NULL DEFAULT false,
     pinned_parallelism boolean NOT NULL DEFAULT false,
     pinned_rate boolean NOT NULL DEFAULT false,
     -- How many deliveries began in the period that began then.
     rate_count int NOT NULL DEFAULT 0, rate_start_ms bigint NOT NULL DEFAULT 0
   );
   CREATE TABLE qstash.schedules (
     schedule_id text PRIMARY KEY, cron text NOT NULL, destination text NOT NULL,
     created_ms bigint NOT NULL, paused boolean NOT NULL DEFAULT false, delay_ms bigint,
     next_ms bigint NOT NULL, last_ms bigint, last_message_ids text[] NOT NULL DEFAULT '{}',
     spec jsonb NOT NULL, body bytea NOT NULL
   );
   CREATE TABLE qstash.url_groups (
     name text PRIMARY KEY, created_ms bigint NOT NULL, updated_ms bigint NOT NULL
   );
   CREATE TABLE qstash.endpoints (
     seq bigint GENERATED ALWAYS AS IDENTITY,
     group_name text NOT NULL REFERENCES qstash.url_groups ON DELETE CASCADE,
     url text NOT NULL, name text,
     PRIMARY KEY (group_name, url)
   );
   CREATE TABLE qstash.signing_keys (
     only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), current text NOT NULL, next text NOT NULL
   );
   ${usageTable(schema)}`,
  // The claim reads the front of the due messages, where every delivery leaves dead rows. The table keeps its
  // history, so that a share of its size would be far too many of them.
  `ALTER TABLE qstash.messages SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);`,
  // Postgres takes a table that it has never looked at for one of hundreds of rows. The claim would be planned for
  // as many queues and keys, and read the whole table of messages for them.
  `ANALYZE qstash.queues; ANALYZE qstash.flow_controls;`,
  // `cancelling`: its cancel was asked for while it waited, and is carried out when it falls due.
  `ALTER TABLE qstash.messages
     DROP CONSTRAINT messages_state_check,
     ADD CONSTRAINT messages_state_check
       CHECK (state IN ('waiting', 'active', 'cancelling', 'delivered', 'failed', 'cancelled'));
   CREATE INDEX messages_cancelling ON qstash.messages (due_ms) WHERE state = 'cancelling';`,
  // What a delivery writes is most of what it costs. A line of the log is only ever written beside its message, and
  // messages are only forgotten when their log is; when the next one falls due the index of the free ones knows too;
  // a dead letter's id names its row.
  `ALTER TABLE qstash.events DROP CONSTRAINT events_message_seq_fkey;
   DROP INDEX qstash.messages_next;
   CREATE INDEX messages_next_bound ON qstash.messages (due_ms)
     WHERE state = 'waiting' AND (queue_name IS NOT NULL OR flow_key IS NOT NULL);
   DROP INDEX qstash.dead_letters_by_id;`,
] as const;
