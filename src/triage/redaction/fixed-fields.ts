/** Fields whose values are shown to nobody, whatever the settings say: what opens something to whoever reads it. */
export const fixedFields = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "*password",
  "passwd",
  "*secret",
  "*token",
  "*api-key",
  "*private-key",
  "*signing-key",
  "credentials",
  "upstash-signature",
] as const;

/** Fields whose values are shown to admins alone: how people are reached, and from where they came. */
export const personalFields = [
  "*email",
  "email-address",
  "ip",
  "*ip-address",
  "client-ip",
  "client.address",
  "x-real-ip",
  "x-forwarded-for",
] as const;
