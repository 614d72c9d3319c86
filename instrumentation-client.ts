import { config } from "zod";

// Run by Next in the browser before everything else. The console's content security policy forbids making functions of
// text, which zod would otherwise try once, to be refused.
config({ jitless: true });
