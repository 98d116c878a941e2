import { describe, expect, it } from "vitest";
import { convergenceInLog, failureInLog, loadFailureInLog } from "../../src/spice/engine-log.js";
import { readRawFile } from "../../src/spice/raw-file.js";

describe("failureInLog", () => {
  it.each([
    ["singular", "Warning: singular matrix:  check node v1#branch\nWarning: source stepping failed\nop simulation(s) aborted"],
    ["singular", "Warning: singular matrix:  check node 3\nNote: Transient op started\nNote: Transient op finished successfully"],
    ["no_convergence", "Error: The operating point could not be simulated successfully."],
    ["no_convergence", "doAnalyses: TRAN:  Timestep too small; time = 1e-9\ntran simulation(s) aborted"],
    ["parse_error", "Error: circuit not parsed."],
    ["parse_error", "warning, can't find model 'nx' from line"],
    ["parse_error", "Warning: 'r2 2' is not a valid resistor instance line, ignored!"],
    ["parse_error", "Error: no such device or model name mm1"],
    ["crashed", "Error: malloc: can't allocate 4294958709 bytes."],
  ])("%s", (status, log) => {
    const failure = failureInLog(`ngspice 2 -> Doing analysis at TEMP = 27\n${log}\n`);
    expect(failure?.status).toBe(status);
    expect(log).toContain(failure?.message.split(" | ")[0]);
  });

  it("finds nothing in the log of a good run, nor in one that needed gmin stepping", () => {
    expect(failureInLog("Doing analysis at TEMP = 27.000000 and TNOM = 27.000000\nNo. of Data Rows : 91\n")).toBeUndefined();
    const stepping =
      "Warning: singular matrix:  check node a\nNote: Starting dynamic gmin stepping\nNote: Dynamic gmin stepping completed\n";
    expect(failureInLog(stepping)).toBeUndefined();
    expect(convergenceInLog(stepping)).toBe("gmin");
  });
});

describe("loadFailureInLog", () => {
  it("accepts only what ngspice says of a deck that it has understood", () => {
    expect(loadFailureInLog("ngspice 1 -> \nNote: No compatibility mode selected!\n\nCircuit: s1\n")).toBeUndefined();
    expect(loadFailureInLog("Circuit: s1\nIllegal value for level.\n")).toEqual({
      status: "parse_error",
      message: "Illegal value for level.",
    });
  });
});

describe("readRawFile", () => {
  const header = (points: number): string =>
    [
      "Title: s1",
      "Date: now",
      "Plotname: Operating Point",
      "Flags: real",
      "No. Variables: 2",
      `No. Points: ${points}`,
      "Variables:",
      "\t0\tv(a)\tvoltage",
      "\t1\ti(vin)\tcurrent",
      "Binary:",
      "",
    ].join("\n");
  const file = (points: number, numbers: readonly number[]): Uint8Array =>
    Buffer.concat([Buffer.from(header(points)), Buffer.from(new Float64Array(numbers).buffer)]);

  it("reads columns by name", () => {
    const plot = readRawFile(file(2, [1, 2, 3, 4]));
    expect(plot).toMatchObject({ title: "s1", plotName: "Operating Point", points: 2 });
    expect(plot?.columns.get("v(a)")?.re).toEqual(new Float64Array([1, 3]));
    expect(plot?.columns.get("i(vin)")?.re).toEqual(new Float64Array([2, 4]));
  });

  it("takes nothing that is cut short, too long or empty for a result", () => {
    expect(readRawFile(file(2, [1, 2, 3]))).toBeUndefined();
    expect(readRawFile(file(1, [1, 2, 3]))).toBeUndefined();
    expect(readRawFile(file(0, []))).toBeUndefined();
    expect(readRawFile(new Uint8Array())).toBeUndefined();
    expect(readRawFile(Buffer.from("Binary:\n"))).toBeUndefined();
  });
});
