/** The facts table as a stack, for where there is no room for four columns. */
export const narrowStyle = `
.facts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.facts,.facts tbody,.facts tr,.facts th,.facts td,.facts caption{display:block;width:auto!important}
.facts tr{padding:.8rem 0;border-top:1px solid var(--line)}
.facts th,.facts td{padding:0!important;border:0!important}
.facts td{margin-top:.25rem}
`
