/** The page's only style sheet; the policy names its hash, so a change of one is a change of both (a test says so). */
export const docsStyle = `
:root{color-scheme:light dark;--ink:#1c2128;--soft:#4d5763;--paper:#fff;--shade:#f3f5f8;--line:#c9d0d9;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a9b3bf;--paper:#14181d;--shade:#1f252c;--line:#3c4650;--link:#86bdf7}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--paper)}
.skip:focus{left:0}
header,footer{padding:1.5rem max(1rem,calc(50vw - 38rem))}
header{border-bottom:1px solid var(--line)}
footer{border-top:1px solid var(--line);color:var(--soft)}
h1{margin:0;font-size:1.9rem;line-height:1.2}
h1 small{font-size:1rem;font-weight:400;color:var(--soft)}
h2{margin:3rem 0 .5rem;font-size:1.5rem}
h3{margin:0;font-size:1.1rem}
h4{margin:1.25rem 0 .4rem;font-size:1rem}
p{margin:.5rem 0;max-width:46rem}
.page{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2.5rem;padding:0 max(1rem,calc(50vw - 38rem))}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:1.5rem 0;font-size:.9rem}
nav ul{list-style:none;margin:.25rem 0 1rem;padding:0}
nav li a{display:block;padding:.2rem 0}
nav h2{margin:0 0 .5rem;font-size:1rem}
nav li li{padding-left:.75rem}
.call{margin:1.5rem 0;padding:1.25rem;border:1px solid var(--line);border-radius:.5rem}
.method{display:inline-block;min-width:4.2rem;padding:.1rem .5rem;border:1px solid currentColor;border-radius:.3rem;font-size:.85rem;text-align:center}
.summary{font-size:1.05rem}
.who,small{color:var(--soft);font-weight:400}
code{font:.9em ui-monospace,monospace}
pre{margin:.5rem 0;padding:1rem;background:var(--shade);border-radius:.4rem;white-space:pre-wrap}
details{margin:.4rem 0;border:1px solid var(--line);border-radius:.4rem}
summary{padding:.6rem .8rem;cursor:pointer}
details>:not(summary){margin:.5rem .8rem}
details>table{width:calc(100% - 1.6rem)}
table{width:100%;border-collapse:collapse;font-size:.92rem;table-layout:fixed}
th,td{padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:400}
th.either{padding-top:1rem;font-weight:600}
th:nth-child(1){width:36%}
th:nth-child(2){width:22%}
@media(max-width:52rem){.page{display:block}nav{position:static;max-height:none}.call{padding:.9rem}
thead{position:absolute;left:-100vw}tr,th,td{display:block;width:auto!important}tbody th{border:0;padding-bottom:0}td{border:0;padding:.1rem 0}tr{padding:.4rem 0;border-bottom:1px solid var(--line)}}
@media print{nav,.skip{display:none}.page{display:block}}
`

/** For the header Content-Security-Policy of `/docs`: nothing is loaded, run or framed; the one style sheet is known. */
export const docsPolicy =
  "default-src 'none'; style-src 'sha256-FsAz3BIlcBuiHuJQOZtgb1jalutzeT2w8DkzIruHiv4='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
