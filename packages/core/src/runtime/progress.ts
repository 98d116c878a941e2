/** How far a stage has come. Rates and the time left are for whoever shows it. */
export interface ProgressUpdate {
  readonly done: number;
  readonly total: number;
  /** What is counted, in the plural: `circuits`, `steps`, `simulations`. */
  readonly unit: string;
  /** A figure worth watching, for example `loss 1.23`. */
  readonly note?: string;
}

export type ProgressListener = (update: ProgressUpdate) => void;
