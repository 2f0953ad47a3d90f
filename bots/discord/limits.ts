/** Discord's limits for messages and forms: component reference and interaction reference of API v10. */
export const limits = {
  /** Components of a message, those inside others included. */
  components: 40,
  /** Characters of all text displays of a message together. */
  text: 4000,
  buttonsInRow: 5,
  /** The description of a picture. */
  alt: 1024,
  /** People whom one message may ring. */
  called: 100,
  label: 80,
  customId: 100,
  url: 512,
  choices: 25,
  choice: 100,
  placeholder: 150,
  suggestion: 100,
  /** The description of a command or an option. */
  about: 100,
  formTitle: 45,
  formFields: 5,
  fieldLabel: 45,
  fieldAbout: 100,
  typed: 4000,
  /** A number with room for a unit: `1 h 30 min`. */
  number: 20,
  voiceStatus: 500,
} as const
