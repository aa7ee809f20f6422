import { useState } from 'preact/hooks'
import { Link } from '../../app/router.tsx'
import { tourText } from '../text/tour-text.ts'

const storageKey = 'prospectus.tour-dismissed'

/** Invites to the tour until it is dismissed in this browser. */
export function useTourInvitation() {
  const [isDismissed, setDismissed] = useState(() => localStorage.getItem(storageKey) !== null)
  const dismiss = () => {
    localStorage.setItem(storageKey, 'yes')
    setDismissed(true)
  }
  return { isDismissed, dismiss }
}

export function TourInvitation({ dismiss }: { dismiss: () => void }) {
  return (
    <div class="note">
      {tourText.invitation}{' '}
      <span class="actions">
        <Link to="/tour">{tourText.open}</Link>
        <button type="button" class="plain" onClick={dismiss} title={tourText.dismissHelp}>
          {tourText.dismiss}
        </button>
      </span>
    </div>
  )
}
