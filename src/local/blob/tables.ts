/** The tables of the stand-in, version by version. */
export const migrations = [
  `CREATE TABLE blob.blobs (
     pathname text COLLATE "C" PRIMARY KEY,
     file_id text NOT NULL,
     size_bytes bigint NOT NULL,
     content_type text NOT NULL,
     cache_control text NOT NULL,
     access text NOT NULL CHECK (access IN ('public', 'private')),
     etag text NOT NULL,
     uploaded_at timestamptz NOT NULL
   );
   CREATE TABLE blob.callbacks (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     url text NOT NULL,
     body text NOT NULL
   );
   CREATE TABLE blob.multipart_uploads (
     upload_id text PRIMARY KEY,
     request json NOT NULL,
     started_at timestamptz NOT NULL
   );
   CREATE TABLE blob.multipart_parts (
     upload_id text NOT NULL REFERENCES blob.multipart_uploads ON DELETE CASCADE,
     part_number int NOT NULL,
     file_id text NOT NULL,
     size_bytes bigint NOT NULL,
     etag text NOT NULL,
     PRIMARY KEY (upload_id, part_number)
   );`,
] as const;
