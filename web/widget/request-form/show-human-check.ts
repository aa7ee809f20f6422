import { loadScript } from './load-script.ts'

type TurnstileOptions = {
  sitekey: string
  size: 'flexible' | 'compact'
  callback: (token: string) => void
  'expired-callback': () => void
  'error-callback': () => boolean
  'unsupported-callback': () => void
}
type TurnstileApi = {
  render: (box: HTMLElement, options: TurnstileOptions) => string | undefined
  reset: (id: string) => void
}
declare global {
  var turnstile: TurnstileApi | undefined
}

const scriptUrl = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'
/** In pixels: the frame is at least 300 wide unless it is compact, and the form has padding. */
const minFlexibleWidth = 340
/** The place of the check in the last step. Its frame is in the page, because one in a shadow tree would be loaded again by each redraw. */
export const humanCheckSlot = 'human-check'

export type HumanCheck = {
  token: string | undefined
  /** Whether the check cannot be shown, or has failed. */
  isBlocked: boolean
  renew: () => void
}

/** Shows the check of Cloudflare Turnstile. A token is valid once and for five minutes, after which the check runs again by itself. */
export function showHumanCheck(host: HTMLElement, sitekey: string): HumanCheck {
  const box = document.createElement('div')
  box.slot = humanCheckSlot
  host.append(box)
  let id: string | undefined
  const check: HumanCheck = {
    token: undefined,
    isBlocked: false,
    renew() {
      check.token = undefined
      if (id !== undefined) globalThis.turnstile?.reset(id)
    },
  }
  const block = () => {
    check.token = undefined
    check.isBlocked = true
    return true
  }
  void loadScript(scriptUrl).then((isLoaded) => {
    const api = globalThis.turnstile
    if (!isLoaded || !api) return block()
    id = api.render(box, {
      sitekey,
      size: Math.min(host.clientWidth, screen.width, screen.height) < minFlexibleWidth ? 'compact' : 'flexible',
      callback: (token) => Object.assign(check, { token, isBlocked: false }),
      'expired-callback': () => Object.assign(check, { token: undefined }),
      'error-callback': block,
      'unsupported-callback': block,
    })
    return true
  })
  return check
}
