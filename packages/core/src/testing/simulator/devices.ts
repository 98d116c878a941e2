import type { Simulator } from "../../contracts/simulator.js";
import type { DeckElement, ModelCard } from "../../contracts/deck.js";
import { promise } from "../conformance-check.js";
import {
  deckOf,
  near,
  PATIENT_MS,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type Needs,
  type SimulatorCheck,
} from "./with-session.js";

/** kT/q at 27 °C, volts; the constants are those of SPICE to the digits tested. */
const THERMAL_VOLTS = (1.380649e-23 * 300.15) / 1.602176634e-19;

const nmos: ModelCard = { name: "nlevel1", type: "nmos", parameters: { level: 1, vto: 0.5, kp: 2e-4, lambda: 0.05 } };
const pmos: ModelCard = { name: "plevel1", type: "pmos", parameters: { level: 1, vto: -0.5, kp: 5e-5, lambda: 0.05 } };
const nmosBsim: ModelCard = { name: "nbsim", type: "nmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: 0.45 } };
const pmosBsim: ModelCard = { name: "pbsim", type: "pmos", parameters: { level: 14, lpe0: 0, toxe: 4e-9, vth0: -0.45 } };

const supply: DeckElement = { kind: "voltage", name: "dd", nodes: ["vdd", "0"], values: { dc: 1.8 } };

/** The root of a function that rises through 0 between two points, by bisection. */
function rootOf(rising: (x: number) => number, low: number, high: number): number {
  for (let halvings = 0; halvings < 80; halvings++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Square law with channel-length modulation, saturated (Shichman and Hodges 1968). */
function squareLaw(beta: number, drive: number, vds: number): number {
  return (beta / 2) * drive ** 2 * (1 + 0.05 * vds);
}

/** Devices against their textbook equations. */
export function deviceCircuits(shared: SharedSimulator): readonly SimulatorCheck[] {
  const check = (name: string, needs: Needs, body: (simulator: Simulator) => Promise<void>): SimulatorCheck =>
    simulatorCheck(shared, name, needs, body);
  return [
    check("a diode's drop obeys Shockley's equation, and falls with temperature", { elements: ["diode"] }, async (simulator) => {
      const deck = deckOf(
        [
          { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 5 } },
          { kind: "resistor", name: "r", nodes: ["a", "b"], values: { r: 1e3 } },
          { kind: "diode", name: "d", nodes: ["b", "0"], model: "junction", values: { area: 2 } },
        ],
        [{ name: "junction", type: "d", parameters: { is: 1e-15 } }],
      );
      const request = { analyses: [{ kind: "op" }], devices: ["d"], timeoutMs: PATIENT_MS } as const;
      const drop = await withSession(simulator, deck, async (session) => {
        const { op } = resultOf(await session.run(request), "op");
        const expected = rootOf((volts) => 2e-15 * Math.expm1(volts / THERMAL_VOLTS) - (5 - volts) / 1e3, 0, 1);
        near("drop", op.nodes.b, expected, 1e-4);
        near("diode current", op.devices.d?.id, (5 - expected) / 1e3, 1e-3);
        promise(op.devices.d?.region === "active", `a forward diode is "${String(op.devices.d?.region)}", not active`);
        return op.nodes.b ?? Number.NaN;
      });
      await withSession(simulator, { ...deck, temperatureCelsius: 85 }, async (session) => {
        const { op } = resultOf(await session.run(request), "op");
        promise((op.nodes.b ?? 9) < drop - 0.05, `at 85 °C the drop is ${String(op.nodes.b)} V, at 27 °C ${drop} V`);
      });
    }),
    check(
      "an inverter's threshold is where its two square laws meet",
      { elements: ["mosfet"], analyses: ["dc"] },
      async (simulator) => {
        const size = { w: 2e-6, l: 1e-6 };
        const deck = deckOf(
          [
            supply,
            { kind: "voltage", name: "in", nodes: ["in", "0"], values: { dc: 0 } },
            { kind: "mosfet", name: "n", nodes: ["out", "in", "0", "0"], model: "nlevel1", values: size },
            { kind: "mosfet", name: "p", nodes: ["out", "in", "vdd", "vdd"], model: "plevel1", values: size },
          ],
          [nmos, pmos],
        );
        await withSession(simulator, deck, async (session) => {
          const analyses = [{ kind: "dc", source: "in", start: 0, stop: 1.8, step: 0.001 }] as const;
          const { x, vectors } = resultOf(await session.run({ analyses, timeoutMs: PATIENT_MS }), "dc");
          const out = vectors.out ?? new Float64Array();
          const below = out.findIndex((volts, point) => volts < (x[point] ?? 0));
          const [d0 = 0, d1 = 0] = [below - 1, below].map((point) => (out[point] ?? 0) - (x[point] ?? 0));
          const threshold = (x[below - 1] ?? Number.NaN) + (0.001 * d0) / (d0 - d1);
          const expected = rootOf((v) => squareLaw(4e-4, v - 0.5, v) - squareLaw(1e-4, 1.3 - v, 1.8 - v), 0.5, 1.3);
          near("threshold", threshold, expected, 1e-3);
          promise(
            (out[0] ?? 0) > 1.79 && (out.at(-1) ?? 9) < 0.01,
            `the output runs from ${String(out[0])} to ${String(out.at(-1))} V`,
          );
        });
      },
    ),
    ...[
      { title: "level 1", n: nmos, p: pmos },
      { title: "BSIM4", n: nmosBsim, p: pmosBsim },
    ].map(({ title, n, p }) =>
      check(`a ${title} transistor's operating point agrees with its terminals`, { elements: ["mosfet"] }, async (simulator) => {
        const size = { w: 1e-5, l: 1e-6 };
        const deck = deckOf(
          [
            supply,
            { kind: "voltage", name: "gn", nodes: ["gn", "0"], values: { dc: 0.8 } },
            { kind: "voltage", name: "dn", nodes: ["dn", "0"], values: { dc: 0.9, acmag: 1 } },
            { kind: "mosfet", name: "n", nodes: ["dn", "gn", "0", "0"], model: n.name, values: { ...size, m: 3 } },
            { kind: "voltage", name: "gp", nodes: ["gp", "0"], values: { dc: 1 } },
            { kind: "voltage", name: "dp", nodes: ["dp", "0"], values: { dc: 0.9 } },
            { kind: "mosfet", name: "p", nodes: ["dp", "gp", "vdd", "vdd"], model: p.name, values: size },
          ],
          [n, p],
        );
        await withSession(simulator, deck, async (session) => {
          const at = async (set: Record<string, number>) =>
            resultOf(await session.run({ set, analyses: [{ kind: "op" }], devices: ["n", "p"], timeoutMs: PATIENT_MS }), "op").op;
          const op = await at({});
          const { n: nDevice, p: pDevice } = op.devices;
          promise(nDevice !== undefined && pDevice !== undefined, "a device that was asked for is missing");
          near("n-channel drain current", nDevice.id, -(op.branches.dn ?? 0), 1e-3);
          near("p-channel drain current", pDevice.id, -(op.branches.dp ?? 0), 1e-3);
          promise(nDevice.id > 0 && pDevice.id < 0, `drain currents ${nDevice.id} and ${pDevice.id} have the wrong signs`);
          near("n-channel vgs", nDevice.vgs, 0.8, 1e-9);
          near("p-channel vds", pDevice.vds, -0.9, 1e-9);
          promise(nDevice.vth > 0.3 && nDevice.vth < 0.6, `n-channel threshold ${nDevice.vth} V`);
          promise(pDevice.vth < -0.3 && pDevice.vth > -0.6, `p-channel threshold ${pDevice.vth} V`);
          promise(nDevice.region === "saturation" && pDevice.region === "saturation", "both devices should be in saturation");
          const higherGate = await at({ "gn.dc": 0.801 });
          near("gm", nDevice.gm, ((higherGate.devices.n?.id ?? 0) - nDevice.id) / 1e-3, 1e-2);
          const higherDrain = await at({ "gn.dc": 0.8, "dn.dc": 0.91 });
          near("gds", nDevice.gds, ((higherDrain.devices.n?.id ?? 0) - nDevice.id) / 0.01, 2e-2);
          const low = await at({ "dn.dc": 0.05, "gp.dc": 1.8 });
          promise(low.devices.n?.region === "triode", `at 50 mV the region is ${String(low.devices.n?.region)}`);
          promise(low.devices.p?.region === "off", `with vgs = 0 the region is ${String(low.devices.p?.region)}`);
        });
      }),
    ),
    check("a bipolar transistor has gm = Ic/Vt and its currents' signs", { elements: ["bipolar"] }, async (simulator) => {
      const deck = deckOf(
        [
          supply,
          { kind: "voltage", name: "b", nodes: ["b", "0"], values: { dc: 0.65 } },
          { kind: "voltage", name: "c", nodes: ["c", "0"], values: { dc: 1 } },
          { kind: "bipolar", name: "n", nodes: ["c", "b", "0"], model: "npnmodel", values: { area: 2 } },
          { kind: "voltage", name: "bp", nodes: ["bp", "0"], values: { dc: 1.15 } },
          { kind: "voltage", name: "cp", nodes: ["cp", "0"], values: { dc: 0.5 } },
          { kind: "bipolar", name: "p", nodes: ["cp", "bp", "vdd"], model: "pnpmodel", values: {} },
        ],
        [
          { name: "npnmodel", type: "npn", parameters: { is: 1e-16, bf: 100 } },
          { name: "pnpmodel", type: "pnp", parameters: { is: 1e-16, bf: 50 } },
        ],
      );
      await withSession(simulator, deck, async (session) => {
        const { op } = resultOf(
          await session.run({ analyses: [{ kind: "op" }], devices: ["n", "p"], timeoutMs: PATIENT_MS }),
          "op",
        );
        const expected = 2e-16 * Math.exp(0.65 / THERMAL_VOLTS);
        near("npn collector current", op.devices.n?.id, expected, 1e-3);
        near("npn gm", op.devices.n?.gm, expected / THERMAL_VOLTS, 1e-3);
        near("pnp collector current", op.devices.p?.id, -expected / 2, 1e-3);
        near("pnp base-emitter voltage", op.devices.p?.vgs, -0.65, 1e-9);
        promise(op.devices.n?.region === "active" && op.devices.p?.region === "active", "both should be active");
      });
    }),
    check("a switch opens and closes", { elements: ["switch"] }, async (simulator) => {
      const deck = deckOf(
        [
          supply,
          { kind: "voltage", name: "clock", nodes: ["clk", "0"], values: { dc: 0 } },
          { kind: "resistor", name: "r", nodes: ["vdd", "out"], values: { r: 1e3 } },
          { kind: "switch", name: "s", nodes: ["out", "0", "clk", "0"], model: "gate", values: {} },
        ],
        [{ name: "gate", type: "sw", parameters: { vt: 0.9, vh: 0, ron: 1, roff: 1e9 } }],
      );
      await withSession(simulator, deck, async (session) => {
        const output = async (clock: number): Promise<number | undefined> => {
          const request = { set: { "clock.dc": clock }, analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS } as const;
          return resultOf(await session.run(request), "op").op.nodes.out;
        };
        near("open", await output(0), 1.8, 1e-5);
        near("closed", await output(1.8), 1.8 / 1001, 1e-5);
      });
    }),
  ];
}
