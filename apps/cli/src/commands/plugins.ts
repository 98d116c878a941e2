import Table from "cli-table3";
import type { Command } from "commander";
import { pluginKinds } from "@topogenie/core";
import { loadPlugins } from "../load-plugins.js";
import type { Session } from "../session.js";
import { plainTable } from "../plain-table.js";
import { addPluginsCheckCommand } from "./plugins-check.js";

export function addPluginsCommand(program: Command, session: Session): void {
  const plugins = program
    .command("plugins")
    .summary("list what is loaded: device types, families, schemes, backends, simulators, optimizers")
    .argument("[config]", "config whose plugins are listed too")
    .addHelpText(
      "after",
      "\nExamples:\n  topogenie plugins topogenie.config.yaml\n  topogenie plugins check hill-climber\n  npm create topogenie-plugin",
    )
    .action(async (configFile: string | undefined) => {
      const host = await loadPlugins(session, configFile);
      const rows = pluginKinds.flatMap((kind) =>
        host.registry.names(kind).map((name) => {
          const { provided, plugin } = host.registry.find(kind, name, kind);
          return { kind, name, description: provided.description, plugin: plugin.name, version: plugin.version };
        }),
      );
      await host.dispose();
      const table = new Table({ ...plainTable, head: ["kind", "name", "what", "plugin"] });
      table.push(...rows.map((row) => [row.kind, row.name, row.description, `${row.plugin}@${row.version}`]));
      session.output().result(table.toString(), rows);
    });
  addPluginsCheckCommand(plugins, session);
}
