import { Circuit } from "../../src/circuit/circuit.js";

function circuit(name: string, ports: string, lines: string): Circuit {
  const devices = lines
    .trim()
    .split("\n")
    .map((line) => {
      const [device = "", ...words] = line.trim().split(" ");
      return { name: device, type: words.at(-1) ?? "", nets: words.slice(0, -1) };
    });
  return new Circuit({ name, ports: ports.split(" "), devices });
}

export const fiveTransistorOta = circuit(
  "five-transistor OTA",
  "VDD VSS VIN1 VIN2 VOUT1 VB1",
  `M1 n1 VIN1 tail VSS nmos4
   M2 VOUT1 VIN2 tail VSS nmos4
   M3 n1 n1 VDD VDD pmos4
   M4 VOUT1 n1 VDD VDD pmos4
   M5 tail VB1 VSS VSS nmos4`,
);

export const twoStageMiller = circuit(
  "two-stage Miller",
  "VDD VSS VIN1 VIN2 VOUT1 VB1",
  `M1 n1 VIN1 tail VSS nmos4
   M2 n2 VIN2 tail VSS nmos4
   M3 n1 n1 VDD VDD pmos4
   M4 n2 n1 VDD VDD pmos4
   M5 tail VB1 VSS VSS nmos4
   M6 VOUT1 n2 VDD VDD pmos4
   M7 VOUT1 VB1 VSS VSS nmos4
   C1 n2 VOUT1 capacitor`,
);

/** Telescopic, with one of the pairs written drain and source exchanged. */
export const telescopic = circuit(
  "telescopic",
  "VDD VSS VIN1 VIN2 VOUT1 VB1 VB2 VB3",
  `M1 a VIN1 tail VSS nmos4
   M2 tail VIN2 b VSS nmos4
   M3 c VB2 a VSS nmos4
   M4 VOUT1 VB2 b VSS nmos4
   M5 c VB3 d VDD pmos4
   M6 VOUT1 VB3 e VDD pmos4
   M7 d c VDD VDD pmos4
   M8 e c VDD VDD pmos4
   M9 tail VB1 VSS VSS nmos4`,
);

export const symmetricalOta = circuit(
  "symmetrical OTA",
  "VDD VSS VIN1 VIN2 VOUT1 VB1",
  `M1 a VIN1 tail VSS nmos4
   M2 b VIN2 tail VSS nmos4
   M3 a a VDD VDD pmos4
   M4 b b VDD VDD pmos4
   M5 c a VDD VDD pmos4
   M6 VOUT1 b VDD VDD pmos4
   M7 c c VSS VSS nmos4
   M8 VOUT1 c VSS VSS nmos4
   M9 tail VB1 VSS VSS nmos4`,
);

export const crossCoupledOscillator = circuit(
  "cross-coupled oscillator",
  "VDD VSS VOUT1 VOUT2 VB1",
  `M1 VOUT1 VOUT2 tail VSS nmos4
   M2 VOUT2 VOUT1 tail VSS nmos4
   L1 VDD VOUT1 inductor
   L2 VDD VOUT2 inductor
   M3 tail VB1 VSS VSS nmos4`,
);

/** Two inputs that nothing makes alike. */
export const unlikeInputs = circuit(
  "unlike inputs",
  "VDD VSS VIN1 VIN2 VOUT1",
  `M1 n1 VIN1 VSS VSS nmos4
   M2 VOUT1 n1 VSS VSS nmos4
   M3 VDD VIN2 VOUT1 VSS nmos4
   M4 n1 n1 VDD VDD pmos4`,
);
