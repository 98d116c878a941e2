import type { Command } from "commander";
import pc from "picocolors";
import { checks } from "../doctor/checks.js";
import { exitCodes } from "../exit-code.js";
import type { Session } from "../session.js";

export function addDoctorCommand(program: Command, session: Session): void {
  program
    .command("doctor")
    .summary("check Node, memory and engines; say what is missing and how to get it")
    .addHelpText("after", "\nExample:\n  topogenie doctor --json")
    .action(async () => {
      const results = [];
      for (const check of checks) results.push({ name: check.name, ...(await check.run(session)) });
      const marks = { ok: pc.green("ok      "), optional: pc.yellow("optional"), missing: pc.red("missing ") };
      const lines = results.map(
        ({ name, status, found, remedy }) =>
          `${marks[status]}  ${name}: ${found}${remedy === undefined ? "" : `\n            ${remedy}`}`,
      );
      session.output().result(lines.join("\n"), results);
      if (results.some(({ status }) => status === "missing")) process.exitCode = exitCodes.user;
    });
}
