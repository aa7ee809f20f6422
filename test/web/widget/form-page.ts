import type { FrameLocator, Locator, Page } from 'playwright-core'

export type Person = { firstName: string; lastName: string; email: string; phone: string }

let people = 0

/** A new person each time, with contact details that the API accepts. */
export function createPerson(): Person {
  people += 1
  const phone = `(305) 374-${4000 + people}`
  return { firstName: 'Ada', lastName: 'Example', email: `ada.${process.pid}.${people}@mail.example.com`, phone }
}

/** The request form of a page or frame; elements are found by the text that visitors read. */
export function createFormPage(page: Page | FrameLocator) {
  const form = page.locator('tuition-request-form')
  const press = (name: string) => form.getByRole('button', { name }).click()
  const steps = {
    async findSchools({ zip = '78701', level = 'high-school-diploma' } = {}) {
      await field(form, 'ZIP code').fill(zip)
      await field(form, 'Highest level of education').selectOption(level)
      await press('Find schools')
    },
    /** The questions for visitors from Austin; schools for Los Angeles ask more. */
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
      await field(form, 'Email address').fill(email)
      await field(form, 'Phone number').fill(phone)
    },
    agree: () => form.getByRole('checkbox', { name: 'I agree' }).check(),
    request: () => press('Request information'),
    thanks: () => form.getByRole('heading', { name: /^Thanks!/ }).waitFor(),
  }
  return {
    form,
    press,
    field: (name: string) => field(form, name),
    ...steps,
    /** Goes to the last step and fills in everything but the agreement. */
    async goToContactStep(person?: Person) {
      await steps.findSchools()
      await steps.answerQuestions()
      await steps.fillContact(person)
    },
  }
}

// The plain form between the tags stays in the page, hidden.
function field(form: Locator, name: string): Locator {
  return form.getByLabel(name, { exact: false }).filter({ visible: true })
}
