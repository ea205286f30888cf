/** The words that `jump.ts` reads by, as alternatives of regular expressions over lower-case words. */

/** Terms of the vocabulary that are kinds of models; their aliases and tools name one too. */
export const TERMS: ReadonlySet<string> = new Set([
  "logistic regression",
  "gradient boosted trees",
  "matrix factorisation",
  "convolutional network",
  "transformer network",
  "graph neural network",
  "two-tower model",
  "large language model",
]);

/** Kinds of models that nobody draws as a component, and well-known members of each. */
export const FAMILIES = [
  "linear (?:model|models|regression)|logistic model|naive bayes|svm|svms|support vector machines?|k ?nn|k nearest neighbou?rs|k ?means|gaussian process",
  "decision trees?(?! of)|random forests?|isolation forest|boosted (?:decision )?trees?|gradient boost(?:ed|ing)|gbdts?|gbms?|lgbm|xgb|tree ensembles?|tree based models?|adaboost|xgboost|lightgbm|catboost|lambdamart|lambdarank|ranknet",
  "collaborative filtering|factori[sz]ation machines?|matrix factori[sz]ation|svd|bpr|nmf|lightfm|x?deepfm|autoint|ftrl|dcn|deep (?:and )?cross(?: network)?|wide (?:and |n )?deep|dlrm|din|sasrec|bert4rec|ncf|mmoe|mixture of experts|ple|esmm|dien|tabnet",
  "neural (?:net|nets|network|networks|collaborative|ranker|model|models)|deep (?:net|nets|neural|learning|model|models|network|networks)|mlps?|perceptron|autoencoders?|vaes?|gans?|diffusion models?|siamese",
  "cnns?|convnets?|convolutional|resnets?|efficientnet|mobilenet|yolo\\w*|faster rcnn|detr|u ?nets?|vision transformers?|vits?|vgg|inception net|convnext|clip (?:encoder|encoders|model|embedding|embeddings|style)|openais? clip|blip|i3d|slowfast|timesformer",
  "rnns?|lstms?|grus?|seq2seq|transformers?|self attention|berts?|roberta|distilbert|xlm r|t5|gpt(?: ?\\d\\w*)?|chatgpt|llama|gemini|claude|mistral|llms?|large language models?|foundation models?|multimodal llms?|whisper|wav2vec\\w*|s ?bert|deberta|electra|albert|minilm|qwen|deepseek|fasttext|sentence transformers?|sequence models?",
  "gnns?|graph (?:neural|convolutional|attention)(?: (?:net|nets|network|networks))?|graphsage|pinsage|node2vec|deepwalk|word2vec|metapath2vec|lightgcn|gcns?|gats?|item2vec|two towers?|dual encoders?|bi encoders?|cross encoders?",
  "bandits?|linucb|thompson sampling|reinforcement learning|dqn|q learning|actor critic|policy gradient|ppo|hidden markov models?|markov chain|prophet|arima|an ensemble of",
];

/** Somebody decides, in the first person, before the name: these outweigh what else the sentence says. */
export const PROPOSALS =
  "(?:what about|how about|calls for|cries for|asks for|classic|obviously|clearly|of course|obvious choice|best choice|the way to go|state of the art|sota|wouldnt|isnt this|" +
  "(?:i|we|let|lets|id|wed|ill|well|my choice|my pick|my plan|my answer|my model|my architecture|our model|the model|the algorithm|why not|can we|could we|shall we)\\b(?: \\S+){0,5}? " +
  "(?:use|take|go|going|pick|choose|chose|propose|suggest|recommend|start|begin|train|build|fine|put|throw|host|try|want|need|agree|say|opt|apply|deploy|reach|plug|implement|model|prefer|be|is|present|feed|run))";

/** What is there, what others do, what is put off or turned down, and what is only weighed. */
export const INNOCENT = [
  "running|runs|so far|old|older|we have an?|we had|there is|there are|theres|has been|have been|was|were|we used|used to|last year|baseline",
  "read|paper|papers|blog|published|heard|facebook|google|meta|linkedin|netflix|pinterest|youtube|tiktok|colleague|colleagues|competitors?|others|other teams|some people|people often|many candidates|somebody|someone|textbook|interviewers?",
  "later|too early|premature|yet|before|until|in step|next step|step (?:four|five|5|4)|comes after|after (?:the|we|that)|once we|once the|only then|postpone|park|hold off|leave open|left open|not decided|undecided|open question|for another",
  "not|never|no|dont|doesnt|didnt|wouldnt|wont|cannot|cant|isnt|arent|without|instead of|rather than|neither|nor|avoid|skip|if|whether|even a|unless|depends|could be|might|may",
  "given those|given that|given these|as agreed|with all that|with that settled|now that|settled|agreed",
];

/** What is there is innocent even where somebody decides: "do we have a BERT already, or shall we build one?" */
export const PRESENT =
  "existing|exists|current|currently|today|todays|already|in production|in prod|in place|at present|at the moment|legacy|previous|previously|incumbent|inherited|status quo|until now|now uses|now use|still uses|still use|you said|you mentioned|you have|do we have|is there|deployed|in use|in service|is live|predecessor|replacing|to replace|be replaced|compared? (?:to|with)|your|their|they";

/** What the early steps are for; numbers count as well. */
export const PREPARATION =
  "\\d\\S*|goal|goals|objective|target|guardrails?|deadline|latency|p99|p95|qps|throughput|peak|budget|consent|privacy|cost ceiling|users per|per day|per second|availability|freshness|constraints|metric|label|labels|positives?|negatives?|funnel|candidates?|sources|generators|cascade|escalate|thousands?|thousandth|hundreds?|millions?|billions?";
