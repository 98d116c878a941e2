import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { importCircuits } from "@topogenie/core";
import { npn, pnp } from "@topogenie/devices-bipolar";
import { inverter, pfd, transmissionGate, xor } from "@topogenie/devices-logic";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import { capacitor, diode, inductor, resistor } from "@topogenie/devices-passive";

const types = [nmos4, pmos4, npn, pnp, resistor, capacitor, inductor, diode, xor, pfd, inverter, transmissionGate];
export const deviceTypes = new Map(types.map((type) => [type.name, type]));

/** The AnalogGenie dataset: the path on the command line, or TOPOGENIE_DATASET, or the copy beside the repository. */
export async function loadDataset(named = process.argv[2]) {
  const beside = fileURLToPath(new URL("../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
  const path = named ?? process.env.TOPOGENIE_DATASET ?? beside;
  if (!existsSync(path)) {
    console.error(`There is no dataset at ${path}. Name a folder or archive: node ${process.argv[1]} <path>`);
    process.exit(2);
  }
  const start = performance.now();
  const imported = await importCircuits(path, { deviceTypes });
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  console.log(`${imported.circuits.length} circuits read in ${seconds} s, ${imported.rejected.length} lines rejected\n`);
  return imported.circuits;
}
