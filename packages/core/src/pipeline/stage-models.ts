import type { DeviceType } from "../contracts/device-type.js";
import type { Simulator } from "../contracts/simulator.js";
import { checkModelMapping, loadModels, tryModels, type ModelCards } from "../spice/model-library/index.js";
import type { StageContext } from "./stage.js";

/** The model cards of the user's library, once the simulator has been seen to take them. Empty without `models` in the config. */
export async function stageModels(
  { config, configFolder, signal }: Pick<StageContext, "config" | "configFolder" | "signal">,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  simulator: Simulator,
): Promise<ModelCards> {
  const models = await loadModels(config.models, configFolder);
  checkModelMapping(models, deviceTypes);
  await tryModels(models, simulator, signal);
  return models;
}
