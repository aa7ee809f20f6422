import { Link } from '../../app/router.tsx'
import { privacyText } from '../text/privacy-text.ts'

const tabs = [
  { to: '/suppressions', label: privacyText.tabs.suppressions },
  { to: '/withdrawals', label: privacyText.tabs.withdrawals },
  { to: '/access-request', label: privacyText.tabs.accessRequest },
  { to: '/erasures', label: privacyText.tabs.erasures },
] as const

/** Links between the pages about what people may ask of us. */
export function PrivacyTabs({ current }: { current: (typeof tabs)[number]['to'] }) {
  return (
    <nav class="tabs actions" aria-label={privacyText.region}>
      {tabs.map(({ to, label }) => (
        <Link key={to} to={to} {...(to === current && { 'aria-current': 'page' as const })}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
