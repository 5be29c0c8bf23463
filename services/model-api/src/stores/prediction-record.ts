import { type Identification } from "../model/identification.js";

/** One prediction as it is stored. */
export interface PredictionRecord extends Identification {
  readonly model: string;
}
