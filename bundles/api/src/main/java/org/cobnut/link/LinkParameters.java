package org.cobnut.link;

/** How a link is to be set up; each kind of link has its own class of them. Immutable. */
public interface LinkParameters {
    /** No parameters: for a kind of link that needs none, and for the defaults of one that has some. */
    LinkParameters NONE = new LinkParameters() {
        @Override
        public String toString() {
            return "none";
        }
    };
}
