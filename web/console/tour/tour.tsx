import { Link } from '../../app/router.tsx'
import { tourText } from '../text/tour-text.ts'

/** What to click first, step by step, each with a link to its page. */
export function Tour() {
  return (
    <>
      <h1>{tourText.title}</h1>
      <p>{tourText.intro}</p>
      <ol class="card stack">
        {tourText.steps.map(({ to, link, text }) => (
          <li key={to}>
            <Link to={to}>{link}</Link>
            <br />
            {text}
          </li>
        ))}
      </ol>
    </>
  )
}
