import { Link } from '../../app/router.tsx'
import { peopleText } from '../../app/text/people-text.ts'
import { buyerText } from '../text/buyer-text.ts'
import { recordTexts, setupText } from '../text/records/record-text.ts'

const kinds = ['schools', 'programs', 'sources', 'careers'] as const

/** Links to records and settings that change rarely. */
export function SetupPage() {
  return (
    <>
      <div class="head">
        <h1>{setupText.title}</h1>
        <Link to="/buyers/new" class="button">
          {buyerText.title}
        </Link>
      </div>
      <div class="cards">
        {kinds.map((kind) => (
          <section key={kind} class="card">
            <h2>
              <Link to={`/${kind}`}>{recordTexts[kind].plural}</Link>
            </h2>
            <p>{recordTexts[kind].description}</p>
          </section>
        ))}
        <section class="card">
          <h2>
            <Link to="/people">{peopleText.title}</Link>
          </h2>
          <p>{peopleText.intro}</p>
        </section>
        <section class="card">
          <h2>
            <Link to="/keys">{setupText.keys}</Link>
          </h2>
          <p>{setupText.keysHelp}</p>
        </section>
        <section class="card">
          <h2>
            <Link to="/audit">{setupText.audit}</Link>
          </h2>
          <p>{setupText.auditHelp}</p>
        </section>
        <section class="card">
          <h2>
            <Link to="/portal-access">{setupText.portalAccess}</Link>
          </h2>
          <p>{setupText.portalAccessHelp}</p>
        </section>
      </div>
    </>
  )
}
