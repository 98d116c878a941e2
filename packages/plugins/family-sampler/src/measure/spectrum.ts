/** Peak amplitude of each bin 0 … n/2 of n samples (discrete Fourier transform; Oppenheim, Schafer, Discrete-Time Signal Processing, ch. 8). */
export function binAmplitudes(samples: readonly number[]): number[] {
  const count = samples.length;
  return Array.from({ length: Math.floor(count / 2) + 1 }, (_, bin) => {
    let [real, imaginary] = [0, 0];
    samples.forEach((sample, index) => {
      const angle = (2 * Math.PI * bin * index) / count;
      real += sample * Math.cos(angle);
      imaginary -= sample * Math.sin(angle);
    });
    const twoSided = bin === 0 || 2 * bin === count;
    return (Math.hypot(real, imaginary) * (twoSided ? 1 : 2)) / count;
  });
}
