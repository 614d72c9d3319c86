// Loaded before a child program: it ends when the process that started it is gone, however that died.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();

// The program's own children have channels of their own, which they need: they must not inherit this.
const inherited = process.execArgv.indexOf("--import");
if (inherited !== -1) process.execArgv.splice(inherited, 2);
