import FormData from 'form-data';

/** One part of multipart/form-data: a field, or a file of known size that is streamed. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly fileName: string;
      readonly contentType: string;
      readonly sizeBytes: number;
      readonly content: NodeJS.ReadableStream;
    };

/** A file name that cannot leave its header line or its folder. */
const plainFileName = (name: string): string =>
  name.replace(/[\p{Cc}\p{Cf}"/\\]+/gu, '_').slice(0, 200) || 'bijlage';

const plainContentType = (type: string): string =>
  /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';

/** The body and headers of a streamed multipart request; its length is known beforehand. */
export const formOf = (
  parts: readonly FormPart[],
): { data: FormData; headers: Record<string, string> } => {
  const data = new FormData();
  for (const part of parts) {
    if ('value' in part) {
      data.append(part.name, part.value);
      continue;
    }
    data.append(part.name, part.content, {
      filename: plainFileName(part.fileName),
      contentType: plainContentType(part.contentType),
      knownLength: part.sizeBytes,
    });
  }
  return {
    data,
    headers: { ...data.getHeaders(), 'content-length': String(data.getLengthSync()) },
  };
};
