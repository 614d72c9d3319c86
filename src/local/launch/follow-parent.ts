// Loaded before a child program: it ends when the process that started it is gone, however that died.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
