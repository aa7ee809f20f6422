import type { Program } from '#shared/domain/catalog/program.ts'
import { describeAnswers } from '#shared/domain/catalog/question.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { refuseFields } from './require-references.ts'

/**
 * A form asks one question for each ID, so an answer must suit every program of the career that asks it. Otherwise a school
 * that was shown would get no lead, and its questions would be the reason.
 * @throws Refusal with an error for each question to which another program of the same career takes other answers
 */
export async function refuseOtherAnswers(
  programId: string,
  { careerSlugs, questions }: Pick<Program, 'careerSlugs' | 'questions'>,
  { composed }: Pick<Dependencies, 'composed'>,
): Promise<void> {
  const errors = await Promise.all(
    questions.map(async (question, index) => {
      const asking = await Promise.all(careerSlugs.map((slug) => composed.listAskingPrograms(slug, question.id)))
      const answers = describeAnswers(question)
      const other = asking.flat().find((one) => one.programId !== programId && one.answers !== answers)
      if (!other) return []
      const detail = `is also asked by the program ${other.programId} of the same career, which takes ${other.answers}: use another ID, or take the same answers`
      return [{ pointer: `/questions/${index}/id`, code: 'other_answers', detail }]
    }),
  )
  refuseFields(errors.flat())
}
