/** Well below the 10,000 characters that the engine has been seen to take on a line. */
const LINE_LENGTH = 4000;

/**
 * The same commands on as few lines as possible: to ask for a line, ngspice in WebAssembly unwinds its whole stack and
 * ngspice in a process prints a prompt, and either takes as long as a command. No command holds a semicolon, because no
 * name or number in a deck does.
 */
export function commandLines(commands: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const command of commands) {
    if (command.includes(";")) throw new Error("a command must not hold a semicolon");
    if (line !== "" && line.length + command.length + 2 > LINE_LENGTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? command : `; ${command}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}
