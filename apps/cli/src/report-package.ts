import type { ReportData } from "@topogenie/core";
import type * as Report from "@topogenie/report";

/** What draws pages. Loaded once there is something to draw: its chart library takes longer to read than all else of a command. */
export function reportPackage(): Promise<typeof Report> {
  return import("@topogenie/report");
}

export async function renderReport(data: ReportData): Promise<string> {
  return (await reportPackage()).renderReport(data);
}
