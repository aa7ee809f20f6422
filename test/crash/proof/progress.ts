/** Says on stderr how far long work is: at most every so many milliseconds. @param now milliseconds */
export function progress(what: string, all: number, { now, say, everyMs = 60_000 }: Given): (done: number) => void {
  const began = now()
  let told = began
  return (done) => {
    const at = now()
    if (at - told < everyMs && done < all) return
    told = at
    const perSecond = done / ((at - began) / 1000)
    const left = Math.round((all - done) / perSecond)
    say(
      `  ${done} of ${all} ${what}, ${perSecond.toFixed(1)} a second, ${Math.floor(left / 60)} min ${left % 60} s left`,
    )
  }
}

type Given = { now: () => number; say: (line: string) => void; everyMs?: number }
