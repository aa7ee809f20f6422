import { loadScript } from './load-script.ts'

declare global {
  /** Called by TrustedForm with the address of the certificate. */
  var trustedFormCertUrlCallback: ((url: string) => void) | undefined
}

const fieldName = 'xxTrustedFormCertUrl'
export type Certificate = { url: () => string | undefined }

/** The certificate of TrustedForm on this page. `loads`: the widget loads its script, unless the page has done so. */
export function watchCertificate({ loads }: { loads: boolean }): Certificate {
  let url: string | undefined
  const findField = () => document.querySelector<HTMLInputElement>(`input[name=${fieldName}]`)?.value || undefined
  if (loads && findField() === undefined && !document.querySelector('script[src*="trustedform.com/"]')) {
    const { trustedFormCertUrlCallback: earlier } = globalThis
    globalThis.trustedFormCertUrlCallback = (newUrl) => {
      url = newUrl
      earlier?.(newUrl)
    }
    const number = `${Date.now()}${Math.random()}`
    void loadScript(`https://api.trustedform.com/trustedform.js?field=${fieldName}&use_tagged_consent=true&l=${number}`)
  }
  return { url: () => url ?? findField() }
}
