/** First output for inputs counted up, the first input being the least significant bit. */
export const truthTables: readonly (readonly [title: string, outputs: string])[] = [
  ["static complementary inverter", "10"],
  ["static complementary NAND2", "1110"],
  ["static complementary NOR2", "1000"],
  ["static complementary AOI21", "11100000"],
  ["static complementary OAI21", "11111000"],
  ["static complementary majority", "11101000"],
  ["static complementary with an output inverter NAND2", "0001"],
  ["transmission-gate exclusive or", "0110"],
  ["complementary exclusive or", "0110"],
  ["complementary exclusive nor", "1001"],
  ["mirror full adder", "01101001"],
  ["transmission-gate full adder", "01101001"],
  ["NAND two-input multiplexer", "01010011"],
  ["transmission-gate two-input multiplexer", "01010011"],
];
