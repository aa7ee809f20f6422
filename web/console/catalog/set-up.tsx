import { Link } from '../../app/place.tsx'
import { recordEditing } from './record-kinds.ts'

const kinds = ['schools', 'programs', 'sources', 'careers'] as const

/** The way to everything that is set up once and seldom changed. */
export function SetUp() {
  return (
    <>
      <h1>Set-up</h1>
      <div class="cards">
        {kinds.map((kind) => (
          <section key={kind} class="card">
            <h2>
              <Link to={`/${kind}`}>{recordEditing[kind].many}</Link>
            </h2>
            <p>{recordEditing[kind].says}</p>
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
