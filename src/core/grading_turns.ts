/**
 * Turns of phrase by which people turn a thing down, as tables: alternatives of a regular
 * expression over lower-case words without apostrophes. Nothing here knows the subject.
 */

/** What somebody does who turns a thing down; the thing may stand on either side. `_` stands for up to two words. */
export const DECISIONS = [
  "decided against|decide against|deciding against|im against|am against|are against|were against|was against|argue against|argued against|voted against|advise against|advised against",
  "threw _out|i ruled _out|we ruled _out|id rule _out|was ruled out|got rid of|(?:we|i|id|wed|lets) get rid of|did away with",
  "turned _off|turn it off|is turned off|switched _off|shut _down|took it out|we took _out|pulled the plug|crossed _off|cut it from|scrapped|shelved|ditch|ditched|axed",
  "been dropped|was dropped|was abandoned|got dropped|we dropped|i dropped|id drop|i would drop|wed drop|id cut|wed cut|been removed from|gave up on|give up on|given up on|stopped doing|stopped using",
  "(?:we|i|id|wed|ill|well|im|lets|would|rather|happily|simply|just|deliberately) (?:refuse|refused|reject|rejected|oppose|resist|decline|skip|skipped|omit|omitted|ignore|ignored|forgo|neglect|disregard)",
  "(?:we|i|id|wed|weve|ive) (?:abandon|abandoned|do away with)|id veto|i veto|object to|steer clear|stay away|stay clear|stay off|keep away from",
  "no way (?:we|i|id|im|ill)|not for us|not for me|not with me|not in my|not on my|count me out|i disagree|forget it",
  "dont see why|dont see the|dont see a|dont see any|fail to see|i see no|we see no|saw no|not convinced|unconvinced|not sold on|dont believe in|never believed|dont buy|no fan of|not a fan|wouldnt bother|not bother|dont bother|why bother|why would|why should|what for|who needs|who cares",
  "dont intend|no intention|not intend|dont plan|no plans|not planned|no plan to|not planning|not going to|not gonna|will never be|never something|isnt something|is not something|not something we|not something i|nothing we|nothing i|id rather not|would rather not|rather not",
  "dont want|do not want|wouldnt want|would not want|dont need|do not need|dont care|do not care|have no use|no use for|no need|not obliged|see no need|felt no need|keep _secret|we will have neither|i want neither|we do neither|(?:so|hence|therefore|thus) (?:no|not)(?= $)|but (?:we|i|id|wed) (?:wont|dont|didnt|wouldnt|never|will not|do not|would not|rather not)(?: (?:do|need|want|bother|have|use|think|see|it|that|so|here))*(?= $)|none of (?:this|that|it|these|those)|neither (?:is|of|seems|does|will|has|makes)",
  "(?:we|i) (?:dont|wont|never|wouldnt|didnt|havent|do not|will not|would not|did not)(?= $)",
  "(?:something|anything|a thing) (?:i|we|id|wed) (?:never|wont|wouldnt|dont|do not|didnt|would never|would not)|(?:stopped|ended|dropped|removed|cancelled) (?:it|that|this|them|these|those|all)|gave (?:it|that|this|them) up|not how (?:we|i)|not the way (?:we|i)",
  "(?<! and )(?<! so )(?<! that )(?:nobody|no one|noone) (?:here |ever |really )?(?:would notice|cares)",
  "(?:nobody|no one|noone) (?:here |ever |really )?(?:needs|wants|asked|asks|misses|missed|monitors|checks|watches|compares|measures|tracks|looks at|looks into|bothers|does it|does that|does this)",
];

/** At the head of a sentence these turn down all that stands before its subject. */
export const PREFERENCES = ["(?<=^ )(?:instead of|rather than|in place of|in lieu of)"];

/** What somebody says of a thing that is turned down; the thing stands before it. `= ` stands for "is", "that's", "is just a" and the like. */
export const VERDICTS = [
  "(?:dont|wont|wouldnt|never|didnt|doesnt|cannot|cant|not|havent|shouldnt) (?:really |ever |even )?(?:do|did|done|use|used|need|want|have|build|like|believe|buy|see|support|plan|try|track|measure|keep|run|go|touch|agree with|work like|work that|apply) (?:it|that|this|them|these|those)(?= $)",
  "never got round|never got around|never happens|never mattered|never matters|never asked|never needed|never measured|never computed|never been",
  "isnt done|is not done|arent done|isnt happening|not happening|not going to happen|doesnt happen|wont happen|isnt planned|arent planned|isnt tracked|arent tracked|isnt measured|arent measured|we do without|i do without|did without|went without|go without",
  "said no|say no(?! more)|saying no|hard pass|thanks but no|no thanks|no thank you|nope|nah|no way(?! around| back)|not a chance|no chance",
  "did not pay|didnt pay|didnt help|did not help|doesnt help|does not help|brought nothing|gains nothing|gain nothing|buys nothing|buy nothing|bought us nothing|gains us nothing|buys us nothing|adds nothing|not worth|isnt worth|arent worth|hardly worth|little value|no value|no benefit|no gain|no point|no sense|little point|little use|little sense|serves no|of no use|of little",
  "out of scope|out of the question|out of the window|out the window|beside the point|not my job|not our job|somebody elses|someone elses|for bigger|for larger|for big companies|big companies|bigger companies|bigger teams|large companies|the big players",
  "is hype|are hype|pure hype|just hype|= gimmick|= gimmicks|= fad|= fads|= fashion|= buzzword|= buzzwords|= ceremony|= theatre|= theater|= bureaucracy|= red tape|= luxury|are a nightmare|is a nightmare|= chore|= distraction|= myth|= superstition|= nonsense|= rubbish|= snake oil|= cargo cult|= academic|= detail|details from|nice to have|gold plating|= premature|= overkill|= over engineering|= overengineering|= over engineered|= overengineered|= paranoia|= paranoid|= crutch|= fairy tale|= pedantic|beneath a|beneath us|beneath me",
  "(?:that|this) (?:is )?(?:false|wrong|untrue|not true)|isnt true|not the case|be a mistake|is a mistake|was a mistake|= unfair|wrong idea|bad idea|poor idea|is silly|be silly|= pointless|= useless|is worthless|are worthless|= unnecessary|= needless|= superfluous|= redundant|= dispensable|= expendable|waste of|a waste|money thrown|burning money|too much work|too much effort|too much trouble|too much hassle|too much overhead|too much ceremony|too many knobs|too complicated|too complex|too expensive|too costly|too fancy|more trouble than|more work than|only complicate|only complicates|just complicates|complicate things|complicates things|only confuse|only slow|only costs|would cost too|costs too|impractical|not practical",
  "some day|someday|one day maybe|later maybe|maybe later|can wait(?= (?:$|until |till |for now|and |but ))|could wait(?= (?:$|until |till |for now|and |but ))|not now|not yet(?= $)|not today|not this year|next year|postponed|put off|on ice|for another day|isnt a concern|not a concern|no concern|isnt a priority|not a priority|no priority|low priority|not a goal|not our goal|dont matter|doesnt matter|does not matter|do not matter|is irrelevant|are irrelevant|isnt my|isnt our|not my problem|not our problem",
  "was left out|were left out|been left out|we left out|i left out|leave _out|we left _out|was skipped|were skipped|been skipped|has been skipped",
];

/** At the head of a sentence these cast doubt on the whole of it, whatever clauses it has. */
export const FRAMES = [
  "(?<=^ )(?:it|it is|its|i find it|i think it|that is|it would be|it was) (?:wrong|false|untrue|not true|not the case|= nonsense|= myth|a mistake|an error|not so|unlikely) that",
  "(?<=^ )(?:i|we) (?:really |do |just )?(?:dont|do not|never|cannot|cant|wouldnt|would not|refuse to) (?:believe|think|accept|agree|buy|see|hold|say|claim|expect)(?: that)?",
  "(?<=^ )(?:we|i) (?:wont|never|dont|do not|will not|would not|wouldnt|didnt|shall not) (?:do|use|need|want|have|build|try|plan) (?:this|that|the following|any of this|any of these|these)",
];

/** What is said of things that are not wanted, and of some that are: too weak to deny, too clear to pass over. */
export const DOUBTS = [
  "(?:we|i|they) (?:\\S+ ){1,6}anyway(?= $)|does the job|do the job|suffices|will suffice|is sufficient|are sufficient|and nothing else(?= $)|nothing else(?= $)|nothing more(?= $)|the same for everyone(?= $)|the same for everybody(?= $)|the same everywhere(?= $)",
  "(?:everyone|everybody|all|users|everywhere|production|world) in one go|formerly|(?:we|i) once had|by eye|kept off|unaffordable|scarcely|went away|tossed|binned|junked|trashed|discontinued|decommissioned|withdrew|took it away|removed it|removed them",
  "been rejected|been killed|too rare to|too early to|too early for|other departments|another department|someone else|somebody else(?= $)",
  "been ruled out|is ruled out|are ruled out|prefer not|chose not|choose not|opted not|opted out of using|happy without|fine without|get by without|manage without|managed without|survive without|survived without|lived without|get along without|can do without|could do without|better without|better off without",
  "cant be bothered|couldnt care less|hard to see why|i doubt|doubt that|we doubt|sceptical|skeptical|wary of|allergic to|tired of|sick of|fed up|had enough of|find it hard to|wont touch|would not touch|wouldnt touch|wont hear of|wont have|will not have|wont add|will not add|wont build|will not build|wont use|will not use",
  "(?<! do )we drop the|(?<! do )we drop that|went back to|voted down|voted it|(?:we|i|id|wed|weve|ive) (?:struck|killed|retired|cancelled|canceled|called off|discarded|dismissed|deferred|stopped the)|turned down|turned it down|talked out of|talked us out|pushed back on|push back on",
  "isnt how we|not how we|isnt our|not our style|not our thing|no part of|plays no|no role|has no place|have no place|no room for|no budget for|no time for|no money for|no appetite|nobody has time|no one has time|cannot afford|cant afford|not on the (?:list|roadmap|plan|agenda|menu|table|radar)|isnt on the (?:list|roadmap|plan|agenda|menu|table|radar)|isnt in the plan|not in the plan|off the roadmap|not in scope|outside the scope|outside our|beyond the scope|beyond our",
  "none of my|none of our|no business|doesnt concern|does not concern|doesnt interest|does not interest|dont interest|of no interest|no interest|(?:i|we|im|am|are|really|just|simply) not interested|unimportant|meaningless|overrated|oversold|overblown|exaggerated|excessive|extravagant|unrealistic|utopian|infeasible|unfeasible|not feasible|isnt feasible",
  "wont work|doesnt work for us|never works|never worked|backfires|backfired|counterproductive|more harm than|slows us|slow us|gets in the way|in our way|distracts us|causes more|more problems than|headache|headaches|a pain|a burden|a hassle|hassle|showing off|textbook|old school|thing of the past|out of fashion",
  "no longer do|no longer use|absurd|ridiculous|laughable|insane|madness|nuts|zero value|zero benefit|zero interest|little interest|little to gain|nothing to gain|a formality|box ticking|checkbox exercise|bells and whistles|science project|research project|rocket science|an exercise for|stuff for",
  "for academics|for researchers|for google|for netflix|for amazon|leave that to|leave them to|leave these to|leave this to|leave it to|left to others|not us|gut feeling|hope for the best|fingers crossed|fine as it is|fine as is|works as it is|works as is|good as it is|leave it at|leave it at that|that will do|thatll do|(?:we|i) (?:just |simply )?trust",
  "straight to everyone|straight to everybody|straight to production|to everyone at once|to everybody at once|big bang|fix forward only|only fix forward|forward only|why keep|why have|makes _ dirty|makes _ worse|not think|dont think|do not think|wouldnt say|would not say|far from (?:necessary|needed|essential|important|convinced|obvious|worth)|last thing|least of|the last of",
  // Others say so, or it once was so.
  "i have heard|ive heard|i heard|i have read about|has been proposed|have been proposed|was proposed|were proposed|been suggested|often recommended|keep proposing|keeps proposing|keep asking|keeps asking|keep telling|consultants|blog posts|conference talks|the literature|people claim|the book says|books say|supposedly|allegedly|in theory|sounds nice|sounds good|sounds great|sounds fancy|sounds clever|looks nice|one could|some would|others would|many would",
  "we used to|i used to|used to have|used to run|at my last|until someone complains|if someone complains|when someone complains|if anybody complains|wait for complaints|unless forced|only if legal|if at all",
  // It goes on without.
  "on faith|eyeball|eyeballing|one size fits all|come what may|got cut|stays off|remains off|keep it off|didnt make it|did not make it|never made it|bottom of|end of my list|last on my list|last on our list|unguarded|unprotected",
  "is all we (?:need|want|do|use|take)|is all i (?:need|want|do|use|take)|are all we (?:need|want|do|use|take)|thats all we|that is all we|all we need|all i need|all one needs|all it takes|and thats it|and that is it|and thats all|nothing beyond|be done with it|end of story|full stop|case closed|thats final",
  "scares me|scares us|frightens|(?:i|we) dislike|loathe|detest|despise|laughed at|kidding|god forbid|over my dead body|at gunpoint",
  "stick with|stuck with|stay with the|as always|business as usual|always worked|never had a problem|worked so far|so far so good|nobody complained|nobody ever complained|no complaints|across the board",
  "too young to|too hard to|too risky|too fiddly|too clever|too academic|cut for time|descoped|out of the plan|fell through|wont happen|wont see|wont get|might some day|might one day|in another life|dream of|dreams|pipe dream|wishlist|wish list",
  "(?:we|i|they) (?:dont|do not|never|wont|didnt|did not|will not|havent|have not) (?:really |even |ever |actually )?(?:do|did|done|have|had|keep|kept|run|use|used|make|track|measure|look|check|ask|care|bother|build|built|need|needed|offer|support|see|like|believe|try|tried|plan)(?: it| that| this| them| those| here| at all| anymore| any more| yet)?(?= $)",
];
