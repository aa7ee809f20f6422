import type { Locator, Page } from 'playwright-core'

export type Person = { firstName: string; lastName: string; email: string; phone: string }

let people = 0

/** Somebody new each time, whom the API takes for real. */
export function createPerson(): Person {
  people += 1
  const phone = `(305) 374-${4000 + people}`
  return { firstName: 'Ada', lastName: 'Example', email: `ada.${process.pid}.${people}@mail.example.com`, phone }
}

/** The request form of a page, as a visitor uses it: found by what they read. */
export function createFormPage(page: Page) {
  const form = page.locator('tuition-request-form')
  const press = (name: string) => form.getByRole('button', { name }).click()
  const steps = {
    async findSchools({ zip = '78701', level = 'high-school-diploma' } = {}) {
      await field(form, 'ZIP code').fill(zip)
      await field(form, 'Highest level of education').selectOption(level)
      await press('Find schools')
    },
    /** What schools that take visitors from Austin ask; and those that take visitors from Los Angeles ask more. */
    async answerQuestions() {
      await field(form, 'What was your most recent grade point average?').fill('3.4')
      await press('Continue')
    },
    async answerMoreQuestions() {
      await form.getByRole('radio', { name: 'Weekday evenings' }).check()
      await form.getByRole('radio', { name: 'No', exact: true }).check()
      await steps.answerQuestions()
    },
    async fillContact({ firstName, lastName, email, phone }: Person = createPerson()) {
      await field(form, 'First name').fill(firstName)
      await field(form, 'Last name').fill(lastName)
      await field(form, 'E-mail address').fill(email)
      await field(form, 'Phone number').fill(phone)
    },
    agree: () => form.getByRole('checkbox', { name: 'I agree to this' }).check(),
    request: () => press('Request information'),
    thanks: () => form.getByRole('heading', { name: /^Thank you/ }).waitFor(),
  }
  return {
    form,
    press,
    field: (name: string) => field(form, name),
    ...steps,
    /** Up to the last step, with everything filled in but the agreement. */
    async goToContactStep(person?: Person) {
      await steps.findSchools()
      await steps.answerQuestions()
      await steps.fillContact(person)
    },
  }
}

function field(form: Locator, name: string): Locator {
  return form.getByLabel(name, { exact: false })
}
