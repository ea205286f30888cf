/**
 * Turns of phrase by which people turn a thing down, as tables: alternatives of a regular
 * expression over lower-case words without apostrophes. Nothing here knows the subject.
 */

/** What somebody does who turns a thing down; the thing may stand on either side. `_` stands for up to two words. */
export const DECISIONS = [
  "decided against|decide against|deciding against|i?m against|am against|are against|were against|was against|argue against|argued against|voted against|advise against|advised against",
  "threw _out|i ruled _out|we ruled _out|id rule _out|been ruled out|is ruled out|are ruled out|was ruled out|got rid of|get rid of|getting rid of|do away with|did away with",
  "turned _off|turn it off|is turned off|switched _off|shut _down|took it out|we took _out|pulled the plug|crossed _off|cut it from|scrapped|shelved|ditch|ditched|axed",
  "been dropped|was dropped|were dropped|got dropped|we dropped|i dropped|id drop|i would drop|wed drop|id cut|wed cut|been removed from|abandon|abandoned|gave up on|give up on|given up on|stopped doing|stopped using",
  "(?:we|i|id|wed|ill|well|im|lets|would|rather|happily|simply|just|deliberately) (?:refuse|refused|reject|rejected|veto|vetoed|oppose|resist|decline|skip|skipped|omit|omitted|ignore|ignored|forgo|avoid|bypass|neglect|disregard)",
  "id veto|i veto|veto|vetoed|object to|steer clear|stay away|stay clear|stay off|keep away from",
  "said no|say no|saying no|hard pass|thanks but no|no thanks|no thank you|nope|nah|no way(?! around)|not a chance|no chance|not for us|not for me|not with me|not in my|not on my|count me out|i disagree|forget it",
  "dont see why|dont see the|dont see a|dont see any|fail to see|i see no|we see no|saw no|not convinced|unconvinced|not sold on|dont believe in|never believed|dont buy|no fan of|not a fan|wouldnt bother|not bother|dont bother|why bother|why would|why should|what for|who needs|who cares",
  "dont intend|no intention|not intend|dont plan|no plans|not planned|no plan to|not planning|not going to|not gonna|will never be|never something|isnt something|is not something|not something we|not something i|nothing we|nothing i|id rather not|would rather not|rather not",
  "dont want|do not want|wouldnt want|would not want|dont need|do not need|dont care|do not care|have no use|no use for|no need|not obliged|see no need|felt no need|keep _secret|we will have neither|i want neither|we do neither|none of (?:this|that|it|these|those)|neither (?:is|of|seems|does|will|has|makes)",
  "(?:nobody|no one|noone) (?:here |ever |really )?(?:needs|wants|asked|asks|misses|missed|monitors|checks|watches|compares|measures|tracks|looks at|looks into|would notice|bothers|cares|does it|does that|does this)",
];

/** At the head of a sentence these turn down all that stands before its subject. */
export const PREFERENCES = ["instead of|rather than|in place of|in lieu of"];

/** What somebody says of a thing that is turned down; the thing stands before it. */
export const VERDICTS = [
  "never got round|never got around|never happened|never happens|never mattered|never matters|never asked|never needed|never used|never measured|never computed|has never|have never|never been",
  "isnt done|is not done|arent done|isnt happening|not happening|not going to happen|doesnt happen|wont happen|isnt planned|arent planned|isnt tracked|arent tracked|isnt measured|arent measured|does not exist|doesnt exist|dont exist|we do without|i do without|did without|went without|go without|live without",
  "did not pay|didnt pay|didnt help|did not help|doesnt help|does not help|brought nothing|gains nothing|gain nothing|buys nothing|buy nothing|bought us nothing|gains us nothing|buys us nothing|adds nothing|not worth|isnt worth|arent worth|hardly worth|little value|no value|no benefit|no gain|no point|no sense|little point|little use|little sense|serves no|of no use|of little",
  "out of scope|out of the question|out of the window|out the window|beside the point|not my job|not our job|somebody elses|someone elses|another teams|other teams|for bigger|for larger|for big companies|big companies|bigger companies|bigger teams|large companies|the big players",
  "is hype|are hype|pure hype|just hype|gimmick|gimmicks|a fad|fads|fashion|buzzword|buzzwords|ceremony|theatre|theater|bureaucracy|red tape|a luxury|are a nightmare|is a nightmare|a chore|a distraction|a myth|superstition|nonsense|rubbish|snake oil|cargo cult|academic|a detail|details from|nice to have|gold plating|premature|overkill|over engineering|overengineering|over engineered|overengineered|paranoia|paranoid|a crutch|a fairy tale|pedantic|beneath a|beneath us|beneath me",
  "be a mistake|is a mistake|was a mistake|unfair|wrong idea|bad idea|poor idea|is silly|be silly|pointless|useless|is worthless|are worthless|unnecessary|needless|superfluous|redundant|dispensable|expendable|waste of|wasted|a waste|money thrown|thrown away|burning money|too much work|too much effort|too much trouble|too much hassle|too much overhead|too much ceremony|too many knobs|too complicated|too complex|too expensive|too costly|too fancy|more trouble than|more work than|only complicate|only complicates|just complicates|complicate things|complicates things|only confuse|only slow|only costs|would cost too|costs too|impractical|not practical",
  "some day|someday|one day maybe|later maybe|maybe later|can wait|could wait|not now|not yet|not today|not this year|next year|postponed|put off|on ice|for another day|isnt a concern|not a concern|no concern|isnt a priority|not a priority|no priority|low priority|not a goal|not our goal|dont matter|doesnt matter|does not matter|do not matter|is irrelevant|are irrelevant|isnt my|isnt our|not my problem|not our problem",
  "was left out|were left out|been left out|we left out|i left out|leave _out|we left _out|was skipped|were skipped|been skipped|has been skipped",
];

/** What is said of things that are not wanted, and of some that are: too weak to deny, too clear to pass over. */
export const DOUBTS = [
  "prefer not|chose not|choose not|opted not|opted out of using|happy without|fine without|get by without|manage without|managed without|survive without|survived without|lived without|live without|get along without|can do without|could do without|better without|better off without",
  "cant be bothered|couldnt care less|hard to see why|i doubt|doubt that|we doubt|sceptical|skeptical|wary of|allergic to|tired of|sick of|fed up|had enough of|find it hard to|wont touch|would not touch|wouldnt touch|wont hear of|wont have|will not have|wont add|will not add|wont build|will not build|wont use|will not use",
  "struck|killed the|kill the|tossed|binned|junked|trashed|retired it|discontinued|decommissioned|cancelled|canceled|called off|discarded|dismissed the|dismissed that|deferred|withdrew|went back to|stopped the|removed it|removed them|took it away|voted down|voted it|turned down|turned it down|talked out of|talked us out|pushed back on|push back on",
  "isnt how we|not how we|is not what|isnt what|not what we|isnt our|not our style|not our thing|isnt part of|not part of|no part of|plays no|no role|has no place|have no place|no room for|no budget for|no time for|no money for|no appetite|nobody has time|no one has time|cannot afford|cant afford|not on the|isnt on the|isnt in the plan|not in the plan|off the roadmap|not in scope|outside the scope|outside our|beyond the scope|beyond our",
  "none of my|none of our|no business|doesnt concern|does not concern|doesnt interest|does not interest|dont interest|of no interest|no interest|not interested|unimportant|meaningless|overrated|oversold|overblown|exaggerated|excessive|extravagant|unrealistic|utopian|infeasible|unfeasible|not feasible|isnt feasible|unaffordable",
  "wont work|doesnt work for us|never works|never worked|backfires|backfired|counterproductive|more harm than|worse than the|slows us|slow us|gets in the way|in our way|distracts us|causes more|more problems than|headache|headaches|a pain|a burden|a hassle|hassle|a toy|toys|showing off|textbook|old school|outdated|obsolete|thing of the past|out of fashion",
  "is gone|are gone|is history|are history|no longer do|no longer use|absurd|ridiculous|laughable|insane|madness|nuts|in vain|zero value|zero benefit|zero interest|little interest|little to gain|nothing to gain|hardly ever|a formality|box ticking|checkbox exercise|bells and whistles|science project|research project|rocket science|an exercise for|stuff for",
  "for academics|for researchers|for google|for netflix|for amazon|leave that to|leave this to|leave it to|left to others|somebody else|someone else|other people|other departments|another department|not us|gut feeling|hope for the best|fingers crossed|fine as it is|fine as is|works as it is|works as is|good as it is|leave it at|leave it at that|that will do|thatll do|trust our|trust the|we trust|i trust",
  "straight to everyone|straight to everybody|straight to production|in one go|to everyone at once|to everybody at once|big bang|fix forward only|only fix forward|forward only|why keep|why have|makes _ dirty|makes _ worse|not think|dont think|do not think|wouldnt say|would not say|hardly|scarcely|far from|last thing|least of|the last of",
];
