import type { Command } from "commander";
import { configJsonSchema } from "@topogenie/core";
import type { Session } from "../session.js";

export function addConfigSchemaCommand(program: Command, session: Session): void {
  program
    .command("config-schema")
    .summary("print the JSON Schema of the config, for editors")
    .addHelpText(
      "after",
      "\nExample:\n  topogenie config-schema > topogenie.schema.json\n  # then, as the first line of topogenie.config.yaml:\n  # yaml-language-server: $schema=topogenie.schema.json",
    )
    .action(() => {
      const schema = configJsonSchema();
      session.output().result(JSON.stringify(schema, null, 2), schema);
    });
}
