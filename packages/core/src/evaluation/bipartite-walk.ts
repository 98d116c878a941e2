import { Circuit } from "../circuit/circuit.js";
import { comparePorts } from "../circuit/ports.js";
import { DecodeError } from "../contracts/decode-error.js";
import type { DeviceType } from "../contracts/device-type.js";

const INTERNAL_NET = /^NET\d+$/;
const PORT = /^[A-Z]+\d*$/;
const NUMBERED = /^([A-Z_]+?)([1-9]\d*)$/;

interface SeenDevice {
  readonly name: string;
  readonly type: DeviceType;
  readonly number: number;
  readonly position: number;
  /** Net by pin, as far as they are known. */
  readonly nets: (string | undefined)[];
}

/**
 * Reads a walk in AnalogToBi's form: devices and nets in turn, between any two the pins by which they touch. `M_BS` are bulk and
 * source of a MOSFET, `B_BC` base and collector of a bipolar transistor, `D_P` the anode of a diode; `R_C`, `C_C` and `L_C` are an
 * end of a two-terminal device, of which both touch the same net when the walk shows only one. Nets that are not `NET1`, `NET2`,
 * … are ports. Throws `DecodeError`.
 */
export function decodeBipartiteWalk(tokens: readonly string[], deviceTypes: ReadonlyMap<string, DeviceType>): Circuit {
  const byPrefix = new Map([...deviceTypes.values()].map((type) => [type.tokenPrefix, type]));
  const devices = new Map<string, SeenDevice>();
  const ports = new Set<string>();
  const deviceAt = (position: number): SeenDevice | undefined => {
    const name = tokens[position] ?? "";
    const match = NUMBERED.exec(name);
    const type = byPrefix.get(match?.[1] ?? "");
    if (type === undefined) return undefined;
    let device = devices.get(name);
    if (device === undefined) {
      const nets = new Array<string | undefined>(type.pins.length).fill(undefined);
      device = { name, type, number: Number(match?.[2]), position, nets };
      devices.set(name, device);
    }
    return device;
  };
  const refuse = (position: number, reason: string): never => {
    throw new DecodeError(position, tokens[position] ?? "", reason);
  };

  for (let position = 0; position < tokens.length; position += 2) {
    const device = deviceAt(position);
    const word = tokens[position] ?? "";
    if (device === undefined && !PORT.test(word)) refuse(position, "neither a device nor a net where one of them must be");
    if (device === undefined && !INTERNAL_NET.test(word)) ports.add(word);
    if (position === 0) continue;
    const before = deviceAt(position - 2);
    const joint = tokens[position - 1] ?? "";
    if (device === undefined && before !== undefined) touch(before, joint, word, position - 1, refuse);
    else if (device !== undefined && before === undefined) {
      touch(device, joint, tokens[position - 2] ?? "", position - 1, refuse);
    } else refuse(position, device === undefined ? "a net is joined to a net" : "a device is joined to a device");
  }
  if (tokens.length % 2 === 0) refuse(tokens.length, "the walk ends between a device and a net");
  if (devices.size === 0) refuse(tokens.length, "the walk passes no device");

  const order = [...deviceTypes.keys()];
  const sorted = [...devices.values()].sort(
    (a, b) => order.indexOf(a.type.name) - order.indexOf(b.type.name) || a.number - b.number,
  );
  return new Circuit({
    name: "decoded",
    ports: [...ports].sort(comparePorts),
    devices: sorted.map((device) => ({ name: device.name, type: device.type.name, nets: wholeNets(device, refuse) })),
  });
}

/** SPICE's letters but for bipolar transistors, which SPICE calls q. */
function jointLetter(type: DeviceType): string {
  return type.spiceLetter === "q" ? "B" : type.spiceLetter.toUpperCase();
}

function isTwoTerminal(type: DeviceType): boolean {
  return type.pins.length === 2 && type.interchangeablePins.some((pins) => pins.length === 2);
}

function touch(
  { name, type, nets }: SeenDevice,
  joint: string,
  net: string,
  position: number,
  refuse: (position: number, reason: string) => never,
): void {
  const [letter, pins = ""] = joint.split("_");
  if (letter !== jointLetter(type) || pins === "") refuse(position, `a device of type ${type.name} has no such joint`);
  if (isTwoTerminal(type)) {
    if (nets.includes(net)) return;
    const free = nets.indexOf(undefined);
    if (free < 0) refuse(position, `${name} has two ends but is joined to a third net`);
    nets[free] = net;
    return;
  }
  for (const pin of pins) {
    const index = type.pins.findIndex((candidate) => candidate.name === pin);
    if (index < 0) refuse(position, `a device of type ${type.name} has no pin ${pin}`);
    const known = nets[index];
    if (known !== undefined && known !== net) refuse(position, `pin ${pin} of ${name} is on two nets`);
    nets[index] = net;
  }
}

function wholeNets(device: SeenDevice, refuse: (position: number, reason: string) => never): string[] {
  const { type, nets, position, name } = device;
  const only = isTwoTerminal(type) ? nets[0] : undefined;
  return nets.map(
    (net, pin) => net ?? only ?? refuse(position, `${name} never reaches a net with its ${type.pins[pin]?.name ?? ""}`),
  );
}
