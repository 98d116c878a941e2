/** The page's style sheet: light, dark and printed. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2933;--muted:#5b6773;--line:#d9dee3;--soft:#f5f7f9;--accent:#0b5c8f;--bar:#0072b2;--band:#9cc3de;--good:#0b6e4f;--bad:#a8320a}
@media (prefers-color-scheme:dark){:root{--paper:#14191e;--ink:#e3e8ec;--muted:#9aa7b2;--line:#333d46;--soft:#1c2329;--accent:#7cc0ee;--bar:#4ba3dd;--band:#1f5478;--good:#5cc9a0;--bad:#f0916b;
--schematic-ink:#e3e8ec;--schematic-wire:#8fb8dd;--schematic-muted:#93a0ab;--schematic-port:#f0a878;--schematic-paper:#14191e;
--chart-first:#56b4e9;--chart-second:#f0883e;--chart-third:#3ec79b;--chart-fourth:#dd9fc2;--chart-fifth:#f2c14e;--chart-sixth:#9fd3f5;--chart-text:#c3ccd4;--chart-axis:#6f7c87;--chart-grid:#2b343c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 4rem;max-width:76rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.01em}
h2{font-size:1.25rem;margin:3rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--ink)}
h3{font-size:1.08rem;margin:2.25rem 0 .5rem}
h4{font-size:.95rem;margin:1.25rem 0 .35rem}
p,ul{margin:.5rem 0;max-width:46rem}
a{color:var(--accent)}
small,.note,caption,figcaption{color:var(--muted);font-size:.86rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.84rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:.75rem;overflow:auto;max-height:32rem;line-height:1.4;margin:.5rem 0}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:.75rem 0 0;max-width:none;font-size:.92rem}
.headline{font-size:1.12rem;max-width:50rem}
.headline strong{font-weight:650}
.scroll{overflow-x:auto;margin:.75rem 0}
.scroll:focus-visible,summary:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;min-width:min(100%,20rem)}
caption{text-align:left;padding-bottom:.35rem}
th,td{text-align:left;padding:.32rem .9rem .32rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
thead th{font-weight:600;border-bottom:1.5px solid var(--ink);vertical-align:bottom}
td:not(.number){min-width:4.5rem}
td.number,th.number{text-align:right;white-space:nowrap}
th.number:last-child,td.number:last-child{padding-right:.25rem}
th button{all:unset;cursor:pointer;font-weight:600}
th button::after{content:"\\2195";color:var(--muted);font-weight:400;padding-left:.25em}
th[aria-sort=ascending] button::after{content:"\\2191";color:var(--ink)}
th[aria-sort=descending] button::after{content:"\\2193";color:var(--ink)}
.pass{color:var(--good);white-space:nowrap}.fail{color:var(--bad);white-space:nowrap}
.ladder{list-style:none;padding:0;margin:1rem 0;max-width:56rem}
.ladder li{display:grid;grid-template-columns:7.5rem minmax(6rem,1fr) 11.5rem;gap:0 .9rem;align-items:center;padding:.45rem 0;border-bottom:1px solid var(--line)}
.ladder .name{font-weight:600}.ladder .figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.ladder .why{grid-column:1/-1;color:var(--muted);font-size:.86rem}
.ladder svg{width:100%;height:22px;display:block}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem 2.5rem;align-items:start}
figure{margin:.75rem 0}
svg.chart{width:100%;max-width:36rem;height:auto;display:block}
svg.schematic{max-width:100%;height:auto;display:block}
.sheet{border:1px solid var(--line);border-radius:4px;padding:.75rem;background:var(--paper);overflow-x:auto}
.circuit{margin-top:2.5rem}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:.25rem 0 .75rem;padding:0;list-style:none;max-width:none;color:var(--muted);font-size:.92rem}
.facts b{color:var(--ink);font-weight:600}
details{margin:.75rem 0}
summary{cursor:pointer;font-weight:600;font-size:.95rem}
.tools{display:flex;gap:1rem;align-items:center;margin:.5rem 0 0;font-size:.9rem}
.tools button{font:inherit;padding:.2rem .7rem;border:1px solid var(--line);border-radius:4px;background:var(--soft);color:inherit;cursor:pointer}
.absent{color:var(--muted);border-left:3px solid var(--line);padding-left:.8rem}
@media (max-width:640px){body{font-size:15.5px}.ladder li{grid-template-columns:1fr auto}.ladder .bar{grid-column:1/-1}.ladder .figure{grid-row:1;grid-column:2}table{font-size:.86rem}}
@media print{@page{size:A4;margin:16mm 14mm}
:root{color-scheme:light;--paper:#fff;--ink:#000;--muted:#444;--line:#bbb;--soft:#fff;--accent:#000;--bar:#0072b2;--band:#9cc3de;--good:#0b6e4f;--bad:#a8320a;
--schematic-ink:#000;--schematic-wire:#234;--schematic-muted:#555;--schematic-port:#7a2f00;--schematic-paper:#fff;--chart-first:#0072b2;--chart-second:#d55e00;--chart-third:#009e73;--chart-fourth:#cc79a7;--chart-fifth:#e69f00;--chart-sixth:#56b4e9;--chart-text:#222;--chart-axis:#777;--chart-grid:#ddd}
body{padding:0;max-width:none;font-size:10pt}nav,.tools{display:none}h2,h3,h4,.facts{break-after:avoid}figure,tr,.ladder li{break-inside:avoid}.scroll,.sheet{overflow:visible}svg.schematic{max-height:200mm;min-width:0!important}pre{max-height:none;overflow:visible;white-space:pre-wrap}table{font-size:8.5pt}
th button::after{content:none}}
`;
