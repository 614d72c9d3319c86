ALTER TABLE "attempts" ADD COLUMN "error_fingerprint" text;--> statement-breakpoint
CREATE INDEX "audit_entries_newest" ON "audit_entries" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);