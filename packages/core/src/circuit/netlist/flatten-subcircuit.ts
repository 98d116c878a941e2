import type { DiagnosticLog } from "./diagnostic.js";
import { UniqueNames } from "./unique-names.js";

export interface FlatDevice {
  readonly name: string;
  readonly type: string;
  readonly nets: readonly string[];
  readonly values: Readonly<Record<string, number>>;
}

export interface SubcircuitCall {
  readonly name: string;
  readonly subcircuit: string;
  readonly nets: readonly string[];
  readonly line: number;
  readonly text: string;
}

/** The devices of a scope and the subcircuits that it uses. */
export interface SpiceBody {
  readonly name: string;
  readonly ports: readonly string[];
  /** Nets that keep their name wherever the body is used. */
  readonly globals: readonly string[];
  /** Whether it stands outside of any `.subckt`. */
  readonly flat: boolean;
  readonly devices: FlatDevice[];
  readonly calls: SubcircuitCall[];
}

/**
 * Puts the devices of used subcircuits in the place of their calls. `M1` on net `a` in `X1` becomes `M1_X1` on net `a_X1`:
 * the letter that SPICE needs stays in front.
 *
 * @param bodies by name in lower case
 */
export function flattenSubcircuit(
  root: SpiceBody,
  bodies: ReadonlyMap<string, SpiceBody>,
  log: DiagnosticLog,
): readonly FlatDevice[] {
  const lowerCase = (name: string): string => name.toLowerCase();
  const deviceNames = new UniqueNames(
    root.devices.map((device) => device.name),
    lowerCase,
  );
  const netNames = new UniqueNames(
    [...root.ports, ...root.globals, ...[...root.devices, ...root.calls].flatMap(({ nets }) => nets)],
    lowerCase,
  );
  const devices: FlatDevice[] = [...root.devices];

  const expand = (call: SubcircuitCall, nets: readonly string[], path: string, above: readonly SpiceBody[]): void => {
    const body = bodies.get(lowerCase(call.subcircuit));
    if (body === undefined) return;
    if (above.includes(body)) {
      log.error(call.line, call.text, `Subcircuit "${body.name}" uses itself. Break the ring.`);
      return;
    }
    if (nets.length !== body.ports.length) {
      log.error(
        call.line,
        call.text,
        `${call.name} has ${nets.length} nets, but "${body.name}" has ${body.ports.length} ports: ${body.ports.join(" ")}.`,
      );
      return;
    }
    const outer = new Map<string, string>([
      ...body.globals.map((net): [string, string] => [net, net]),
      ...body.ports.map((port, index): [string, string] => [port, nets[index] as string]),
    ]);
    const net = (name: string): string => {
      const known = outer.get(name);
      if (known !== undefined) return known;
      const fresh = netNames.take(`${name}_${path}`);
      outer.set(name, fresh);
      return fresh;
    };
    for (const device of body.devices) {
      devices.push({ ...device, name: deviceNames.take(`${device.name}_${path}`), nets: device.nets.map(net) });
    }
    for (const inner of body.calls) expand(inner, inner.nets.map(net), `${inner.name}_${path}`, [...above, body]);
  };
  for (const call of root.calls) expand(call, call.nets, call.name, [root]);
  return devices;
}
