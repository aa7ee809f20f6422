import { narrowStyle } from '../parts/narrow-style.ts'
import { colorVariables, partsStyle } from '../parts/parts-style.ts'

/** The only style sheet of the landing page. */
export const landingStyle = `
${partsStyle}
:root{color-scheme:light dark;${colorVariables};--radius:.6rem;--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4",Georgia,serif;scroll-padding-top:1rem}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.65 system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:break-word}
.site,main{width:100%;max-width:70rem;margin:0 auto;padding:0 1.25rem}
header.site{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline;padding-top:1.1rem;padding-bottom:1.1rem;color:var(--soft);font-size:.92rem}
.brand{color:var(--ink);font:600 1.2rem/1.3 var(--serif);text-decoration:none}
footer.site{margin-top:4rem;padding-top:1.5rem;padding-bottom:2.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
.skip{position:absolute;left:-100vw;padding:.6rem 1rem;background:var(--paper)}
.skip:focus{left:0;z-index:1}
main:focus{outline:none}
h1,h2{font-family:var(--serif);font-weight:600;text-wrap:balance}
h1{margin:0;font-size:clamp(2.1rem,1.4rem + 3.4vw,3.4rem);line-height:1.08;letter-spacing:-.015em}
h2{font-size:clamp(1.45rem,1.2rem + 1vw,1.85rem);line-height:1.2}
h3{line-height:1.35}
.hero{margin:0 calc(50% - 50vw) 3rem;padding:clamp(1.75rem,5vw,3.75rem) calc(50vw - 50%) clamp(2rem,5vw,3.5rem);background:var(--shade);border-block:1px solid var(--line)}
.hero>*{max-width:44rem}
.crumbs{margin-bottom:1rem;font-size:.92rem}
.lead{margin:1.25rem 0 0;font-size:clamp(1.1rem,1rem + .5vw,1.28rem);line-height:1.6;text-wrap:pretty}
.aliases{margin-top:.9rem;color:var(--soft);font-size:.95rem}
.hero .actions{margin-top:1.75rem}
.columns{display:grid;gap:3rem}
.toc ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;list-style:none}
.toc h2{margin-bottom:.5rem;color:var(--soft);font:600 .9rem/1.4 system-ui,sans-serif}
.toc a{display:inline-block;padding:.25rem 0;font-size:.97rem;line-height:1.4;text-decoration:none}
.toc a:hover{text-decoration:underline}
article>section{margin-bottom:3.25rem}
article>section>h2{margin-bottom:.9rem}
article p+p{margin-top:1rem}
.text{max-width:41rem;text-wrap:pretty}
.short{max-width:41rem;margin-top:1.25rem;padding:.9rem 1.2rem;border-left:4px solid var(--accent);background:var(--shade)}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));padding:0;list-style:none}
.cards li{padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:var(--radius)}
.cards h3,.cards h2{font:600 1.12rem/1.35 system-ui,sans-serif}
.cards p{margin-top:.4rem;color:var(--soft);font-size:.97rem;line-height:1.55}
.degrees{padding:0;list-style:none}
.degrees li{display:flex;flex-wrap:wrap;gap:.2rem 1rem;justify-content:space-between;padding:.7rem 0;border-top:1px solid var(--line)}
.degrees li:last-child{border-bottom:1px solid var(--line)}
.degrees span{color:var(--soft)}
.filter{margin-bottom:1rem}
nav.pages{margin-top:1.5rem}
.request{max-width:44rem}
.request tuition-request-form,.card{display:block;padding:clamp(1.1rem,4vw,2rem);border:1px solid var(--line);border-radius:.8rem;background:var(--paper);box-shadow:0 1px 2px rgb(0 0 0/.05),0 8px 24px rgb(0 0 0/.06)}
tuition-request-form{--prospectus-font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
form>h2,.thanks h2{font-size:1.6rem}
.narrow{max-width:44rem;margin-top:1.5rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.narrow .crumbs{margin-bottom:1.25rem}
.sources{padding-left:1.2rem;color:var(--soft);font-size:.92rem}
@media(min-width:64rem){.columns{grid-template-columns:13rem minmax(0,1fr)}.toc{position:sticky;top:1.5rem;align-self:start}.toc ul{display:block}}
@media(max-width:44rem){${narrowStyle}}
@media print{.toc,.skip,.request,.hero .actions{display:none}}
`
