/** Something that the palette can do besides finding files. */
export interface Command {
  readonly label: string;
  /** Other words under which it is looked for. */
  readonly keywords: string;
  readonly keys: string | null;
  readonly run: () => void;
}

/** The commands in which every typed word occurs; all of them while nothing is typed. */
export function matchingCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/);
  return commands.filter((command) => {
    const text = `${command.label} ${command.keywords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
