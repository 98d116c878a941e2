import { spawn } from "node:child_process";

const BUSY_MS = 1000;
const WORK = `
  const until = performance.now() + ${BUSY_MS};
  let loops = 0;
  let sum = 0;
  for (; performance.now() < until; loops++) for (let i = 0; i < 1e5; i++) sum += Math.sin(i);
  console.log(loops, sum);
`;

/** How much more two processes that share nothing do on this machine, now, than one: no two workers can gain more. */
export async function machineCeiling() {
  const gains = [];
  for (let round = 0; round < 3; round++) {
    const alone = await loops();
    const [first, second] = await Promise.all([loops(), loops()]);
    gains.push((first + second) / alone);
  }
  return gains.sort((a, b) => a - b)[1];
}

function loops() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", WORK], { stdio: ["ignore", "pipe", "inherit"] });
    child.on("error", reject);
    child.stdout.once("data", (text) => resolve(Number.parseInt(String(text), 10)));
  });
}
