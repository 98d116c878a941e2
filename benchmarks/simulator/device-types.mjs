import bipolar from "@topogenie/devices-bipolar";
import logic from "@topogenie/devices-logic";
import mos from "@topogenie/devices-mos";
import passive from "@topogenie/devices-passive";

/** Every built-in device type, by name. */
export async function builtInDeviceTypes() {
  const provided = [mos, bipolar, passive, logic].flatMap((plugin) => plugin.provides);
  const types = await Promise.all(
    provided.filter(({ kind }) => kind === "device-type").map((thing) => thing.create(thing.options.parse({}))),
  );
  return new Map(types.map((type) => [type.name, type]));
}
