/** Declares that an operation asks an authentic source. */
export interface Register<S, R, A> {
  /** Name and version of the service that is asked: `GeefPersoon-02.02`. */
  readonly service: string;
  /** Pure: what the register says of the question beside what the bus knows already. */
  entry(request: R, asked: { readonly settings: S; readonly messageId: string }): RegisterEntry;
  /** Pure: the numbers of those of whom the answer tells, where the question did not name them. */
  found?(result: A): readonly string[];
}

/** One question to an authentic source. */
export interface RegisterEntry {
  /** The service that is asked, where it is not always the one of `Register.service`. */
  readonly service?: string;
  /** What the source knows the question by, at most 200 characters. */
  readonly reference: string;
  /** The capacity in which the tenant asks (*hoedanigheid*); null where the source knows none. */
  readonly capacity: string | null;
  /** Numbers of the persons or organisations it is about; the register keeps pseudonyms of them. */
  readonly about: readonly string[];
}
