/** Somebody who does not exist, with words that occur nowhere else. The INSZ has month + 60, so that it is nobody's. */
export interface Person {
  readonly voornaam: string;
  readonly achternaam: string;
  readonly email: string;
  readonly telefoon: string;
  readonly insz: string;
}

const person = (voornaam: string, achternaam: string, number: number): Person => {
  const nine = `85${67 + (number % 6)}1${number % 10}${String(100 + number).padStart(3, '0')}`;
  const check = String(97 - (Number(nine) % 97)).padStart(2, '0');
  return {
    voornaam,
    achternaam,
    email: `${voornaam}.${achternaam}@burgers.example`.toLowerCase(),
    telefoon: `+3247700${String(4100 + number)}`,
    insz: `${nine}${check}`,
  };
};

/** Who hand in the meldingen of a load. */
export const persons: readonly Person[] = [
  person('Wannes', 'Zilverschoonaert', 1),
  person('Leontien', 'Kwartelbergs', 2),
  person('Odilon', 'Vossestaertmans', 3),
  person('Godelieve', 'Pimpernelsteen', 4),
  person('Rombout', 'Hazelworminckx', 5),
  person('Aldegonda', 'Tjiftjafdael', 6),
];

/** What is only in the data of meldingen: wherever else one of these words turns up, personal data has leaked. */
export const personalWords: readonly string[] = persons.flatMap(
  ({ achternaam, email, telefoon, insz }) => [achternaam, email, telefoon, insz],
);

/** The personal words that a text holds. */
export const personalWordsIn = (text: string): string[] =>
  personalWords.filter((word) => text.includes(word));
