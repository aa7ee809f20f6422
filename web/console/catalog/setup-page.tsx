import { Link } from '../../app/router.tsx'
import { recordForms } from './record-forms.ts'

const kinds = ['schools', 'programs', 'sources', 'careers'] as const

/** The way to everything that is set up once and seldom changed. */
export function SetupPage() {
  return (
    <>
      <h1>Set-up</h1>
      <div class="cards">
        {kinds.map((kind) => (
          <section key={kind} class="card">
            <h2>
              <Link to={`/${kind}`}>{recordForms[kind].plural}</Link>
            </h2>
            <p>{recordForms[kind].description}</p>
          </section>
        ))}
        <section class="card">
          <h2>
            <Link to="/keys">Keys</Link>
          </h2>
          <p>What staff, schools and servers sign in with.</p>
        </section>
      </div>
    </>
  )
}
